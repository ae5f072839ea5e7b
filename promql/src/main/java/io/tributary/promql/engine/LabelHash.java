package io.tributary.promql.engine;

import io.tributary.promql.label.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash by which Prometheus picks series: XXH64 with seed 0 over all names and values, each followed by a byte 0xff.
 * See the specification of xxHash, "XXH64 algorithm description".
 */
final class LabelHash {

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private LabelHash() {}

    static long of(Labels labels) {
        var bytes = new ByteArrayOutputStream();
        labels.forEach((name, value) -> {
            bytes.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            bytes.write(0xff);
            bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            bytes.write(0xff);
        });
        return xxh64(ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
    }

    static long xxh64(ByteBuffer input) {
        int length = input.remaining();
        long hash = (length >= 32 ? stripes(input) : PRIME_5) + length;
        while (input.remaining() >= 8) {
            hash = Long.rotateLeft(hash ^ round(0, input.getLong()), 27) * PRIME_1 + PRIME_4;
        }
        if (input.remaining() >= 4) {
            hash = Long.rotateLeft(hash ^ (Integer.toUnsignedLong(input.getInt()) * PRIME_1), 23) * PRIME_2 + PRIME_3;
        }
        while (input.hasRemaining()) {
            hash = Long.rotateLeft(hash ^ (Byte.toUnsignedLong(input.get()) * PRIME_5), 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    private static long stripes(ByteBuffer input) {
        // The first is the sum of the first two primes, which does not fit.
        long[] lanes = {0x60EA27EEADC0B5D6L, PRIME_2, 0, -PRIME_1};
        while (input.remaining() >= 32) {
            for (int lane = 0; lane < 4; lane++) {
                lanes[lane] = round(lanes[lane], input.getLong());
            }
        }
        long hash = Long.rotateLeft(lanes[0], 1)
                + Long.rotateLeft(lanes[1], 7)
                + Long.rotateLeft(lanes[2], 12)
                + Long.rotateLeft(lanes[3], 18);
        for (long lane : lanes) {
            hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
        }
        return hash;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
        mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
        return mixed ^ (mixed >>> 32);
    }
}
