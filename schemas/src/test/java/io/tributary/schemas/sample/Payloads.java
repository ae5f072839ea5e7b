package io.tributary.schemas.sample;

import io.tributary.schemas.serde.WireFormat;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Payloads of one schema, whole and damaged. */
public final class Payloads {
    private final byte[] header;
    private final RandomGenerator random;

    /** Payloads with the same header as this one; where and how they are damaged is as random as this. */
    public Payloads(byte[] one, RandomGenerator random) {
        this.header = Arrays.copyOf(one, WireFormat.HEADER_BYTES);
        this.random = random;
    }

    /** The payload of this record in binary. */
    public byte[] of(byte[] record) {
        byte[] payload = Arrays.copyOf(header, WireFormat.HEADER_BYTES + record.length);
        System.arraycopy(record, 0, payload, WireFormat.HEADER_BYTES, record.length);
        return payload;
    }

    /** A payload that ends too early or a byte too late, or has another byte somewhere behind its header. */
    public byte[] damaged(byte[] payload) {
        int at = random.nextInt(WireFormat.HEADER_BYTES, payload.length);
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(payload, random.nextBoolean() ? at : payload.length + 1);
        }
        byte[] damaged = payload.clone();
        damaged[at] = (byte) (random.nextBoolean() ? damaged[at] ^ 1 << random.nextInt(Byte.SIZE) : random.nextInt());
        return damaged;
    }
}
