package io.tributary.metrics.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link StateWriter} wrote. */
final class StateReader {
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private final byte[] bytes;
    private int position;

    StateReader(byte[] bytes) {
        this(bytes, 0);
    }

    StateReader(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    void skip(int length) {
        position += length;
    }

    int takeByte() {
        return bytes[position++];
    }

    long takeFixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (bytes[position++] & 0xff);
        }
        return value;
    }

    long takeLong() {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = bytes[position++];
            value |= (long) (next & SEVEN_BITS) << shift;
            shift += 7;
        } while ((next & MORE) != 0);
        return (value >>> 1) ^ -(value & 1);
    }

    int takeInt() {
        return Math.toIntExact(takeLong());
    }

    double takeDouble() {
        return Double.longBitsToDouble(takeFixed());
    }

    double[] takeDoubles() {
        double[] values = new double[takeInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = takeDouble();
        }
        return values;
    }

    long[] takeLongs() {
        long[] values = new long[takeInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = takeLong();
        }
        return values;
    }

    String takeText() {
        int length = takeInt();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    byte[] takeBytes(int length) {
        byte[] taken = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return taken;
    }
}
