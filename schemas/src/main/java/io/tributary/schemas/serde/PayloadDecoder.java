package io.tributary.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads the Avro binary of a payload. Apache Avro: "Binary encoding". A length, or a number of items, that is more than
 * what is left of the payload is refused before room is made for it. Avro's own decoder makes as much as it is told,
 * and keeps it; its limits are those of the whole process, and count only if they are set before much of Avro is used.
 * What is skipped must be as well-formed as what is read. All methods throw {@link IOException} if what comes is not
 * what is asked for.
 *
 * <p>An item of a list must take a byte at least, as all do that are not of a type with a single value.
 */
public final class PayloadDecoder extends Decoder {
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SEVEN_BITS = 0x7F;

    private final byte[] payload;
    private int position;

    /** Reads what is in this payload behind the header of the wire format; nothing if it is shorter than that. */
    public PayloadDecoder(byte[] payload) {
        this.payload = payload;
        this.position = Math.min(WireFormat.HEADER_BYTES, payload.length);
    }

    /** Whether nothing is left. */
    public boolean isEnd() {
        return position == payload.length;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        return payload[take(1)] == 1;
    }

    @Override
    public int readInt() throws IOException {
        int raw = (int) readVariable(Integer.SIZE);
        return (raw >>> 1) ^ -(raw & 1);
    }

    @Override
    public long readLong() throws IOException {
        long raw = readVariable(Long.SIZE);
        return (raw >>> 1) ^ -(raw & 1);
    }

    @Override
    public float readFloat() throws IOException {
        return (float) FLOAT.get(payload, take(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return (double) DOUBLE.get(payload, take(Double.BYTES));
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        int start = takeBytes();
        int length = position - start;
        Utf8 text = (old == null ? new Utf8() : old).setByteLength(length);
        System.arraycopy(payload, start, text.getBytes(), 0, length);
        return text;
    }

    @Override
    public String readString() throws IOException {
        int start = takeBytes();
        // Many fields are empty, and need no object each.
        return start == position ? "" : new String(payload, start, position - start, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        takeBytes();
    }

    /** A buffer of its own: the old one is not used again. */
    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int start = takeBytes();
        return ByteBuffer.wrap(Arrays.copyOfRange(payload, start, position));
    }

    @Override
    public void skipBytes() throws IOException {
        takeBytes();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        System.arraycopy(payload, take(length), bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return readItems();
    }

    @Override
    public long arrayNext() throws IOException {
        return readItems();
    }

    /** The items that the caller must skip one by one: how many bytes a block says that it has is not believed. */
    @Override
    public long skipArray() throws IOException {
        return readItems();
    }

    @Override
    public long readMapStart() throws IOException {
        return readItems();
    }

    @Override
    public long mapNext() throws IOException {
        return readItems();
    }

    /** As {@link #skipArray}. */
    @Override
    public long skipMap() throws IOException {
        return readItems();
    }

    private long readItems() throws IOException {
        long items = readLong();
        if (items < 0) {
            readLong(); // how many bytes the block has
            items = -items;
        }
        int left = payload.length - position;
        if (items < 0 || items > left) {
            throw new EOFException("items: " + items + " (expected: 0 to " + left + ")");
        }
        return items;
    }

    private long readVariable(int bits) throws IOException {
        long value = 0;
        for (int shift = 0; shift < bits; shift += 7) {
            if (position == payload.length) {
                throw new EOFException("ends within a number");
            }
            byte next = payload[position++];
            value |= (long) (next & SEVEN_BITS) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new InvalidNumberEncodingException("number of more than " + bits + " bits");
    }

    /** Passes over text or bytes, and returns where they begin. */
    private int takeBytes() throws IOException {
        return take(readLong());
    }

    /** Passes over so many bytes, and returns where they begin. */
    private int take(long length) throws EOFException {
        int left = payload.length - position;
        if (length < 0 || length > left) {
            throw new EOFException("length: " + length + " (expected: 0 to " + left + ")");
        }
        int start = position;
        position += (int) length;
        return start;
    }
}
