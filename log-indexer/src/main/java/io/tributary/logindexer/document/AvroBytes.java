package io.tributary.logindexer.document;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads Avro binary, value after value, without making objects of them. Apache Avro: "Binary encoding". What is not
 * Avro, or ends too early, is rejected as {@link Reason#NOT_AVRO}.
 */
final class AvroBytes {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7F;

    private byte[] bytes = {};
    private int position;
    private int start;

    /** Reads this array from this position to its end. */
    void begin(byte[] array, int from) {
        bytes = array;
        position = from;
        start = from;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return position;
    }

    void moveTo(int there) {
        position = there;
    }

    int remaining() {
        return bytes.length - position;
    }

    void expectEnd() {
        if (remaining() > 0) {
            throw malformed(remaining() + " bytes after the end of the record");
        }
    }

    int readInt() {
        int raw = (int) readVariable(Integer.SIZE);
        return (raw >>> 1) ^ -(raw & 1);
    }

    long readLong() {
        long raw = readVariable(Long.SIZE);
        return (raw >>> 1) ^ -(raw & 1);
    }

    double readDouble() {
        readFixed(Double.BYTES);
        return (double) DOUBLE.get(bytes, start);
    }

    boolean readBoolean() {
        readFixed(1);
        return bytes[start] == 1;
    }

    /** The number of the branch of a union that has so many. */
    int readBranch(int branches) {
        int branch = readInt();
        if (branch < 0 || branch >= branches) {
            throw malformed("branch of a union: " + branch + " (expected: 0 to " + (branches - 1) + ")");
        }
        return branch;
    }

    /** How many items the next block of a list or a map has; 0 if that was the last one. */
    int readBlock() {
        long items = readLong();
        if (items < 0) {
            readLong(); // how many bytes the block has
            items = -items;
        }
        // An item has at least one byte.
        if (items < 0 || items > remaining()) {
            throw malformed("items: " + items + " (expected: 0 to " + remaining() + ")");
        }
        return (int) items;
    }

    /** Reads text or bytes, which lie from {@link #start} to {@link #position} then. */
    void readBytes() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw malformed("length: " + length + " (expected: 0 to " + remaining() + ")");
        }
        readFixed((int) length);
    }

    /** Reads so many bytes, which lie from {@link #start} to {@link #position} then. */
    void readFixed(int length) {
        if (length > remaining()) {
            throw malformed("ends " + (length - remaining()) + " bytes too early");
        }
        start = position;
        position += length;
    }

    /** Where the value begins that was read last. */
    int start() {
        return start;
    }

    /** Whether the value that was read last has no bytes. */
    boolean isEmpty() {
        return start == position;
    }

    /** Whether the value that was read last has these bytes. */
    boolean is(byte[] others) {
        return Arrays.equals(bytes, start, position, others, 0, others.length);
    }

    /** The value that was read last as a text. */
    String text() {
        return new String(bytes, start, position - start, StandardCharsets.UTF_8);
    }

    /** A copy of the value that was read last. */
    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, position);
    }

    private long readVariable(int bits) {
        long value = 0;
        for (int shift = 0; shift < bits; shift += 7) {
            if (position == bytes.length) {
                throw malformed("ends within a number");
            }
            int next = bytes[position++];
            value |= (long) (next & SEVEN_BITS) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw malformed("number of more than " + bits + " bits");
    }

    private RejectedException malformed(String what) {
        return new RejectedException(Reason.NOT_AVRO, "payload: not a LogRecord: at byte " + position + ": " + what);
    }
}
