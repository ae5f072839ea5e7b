package io.tributary.metrics.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends values to a growing array of bytes. */
final class StateWriter {
    private static final int SEVEN_BITS = 0x7f;
    /** From here on the array grows by an eighth: what is held long must not be half empty. */
    private static final int LARGE = 1 << 20;

    private byte[] bytes = new byte[64];
    private int length;

    StateWriter putByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Eight bytes, the most significant first. */
    StateWriter putFixed(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** One to ten bytes, few for small absolute values. */
    StateWriter putLong(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes[length++] = (byte) ((rest & SEVEN_BITS) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    StateWriter putDouble(double value) {
        return putFixed(Double.doubleToLongBits(value));
    }

    StateWriter putDoubles(double[] values) {
        putLong(values.length);
        for (double value : values) {
            putDouble(value);
        }
        return this;
    }

    StateWriter putLongs(long[] values) {
        putLong(values.length);
        for (long value : values) {
            putLong(value);
        }
        return this;
    }

    StateWriter putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return putLong(utf8.length).putBytes(utf8);
    }

    StateWriter putBytes(byte[] values) {
        room(values.length);
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
        return this;
    }

    byte[] toBytes() {
        return toBytes(0);
    }

    /** What was put since it had this length. */
    byte[] toBytes(int from) {
        return Arrays.copyOfRange(bytes, from, length);
    }

    /** How much was put. */
    int length() {
        return length;
    }

    /** What was put, and room for more; another array when it has grown. */
    byte[] array() {
        return bytes;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            int grown = bytes.length < LARGE ? 2 * bytes.length : bytes.length + bytes.length / 8;
            bytes = Arrays.copyOf(bytes, Math.max(grown, length + more));
        }
    }
}
