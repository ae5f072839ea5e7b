package io.tributary.alerts.retention;

import java.util.Arrays;

/** Bits, written one after the other and read in the same order, most significant first. */
final class BitBuffer {
    private byte[] bytes;
    private int written;
    private int read;

    /** An empty one, to be written. */
    BitBuffer() {
        bytes = new byte[32];
    }

    /** One to be read, from this byte on. */
    BitBuffer(byte[] bytes, int from) {
        this.bytes = bytes;
        this.read = 8 * from;
        this.written = 8 * bytes.length;
    }

    /** Writes the lowest bits of the value, 0 to 64 of them. */
    void write(long value, int bits) {
        if ((written + bits + 7) / 8 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 2 + 8);
        }
        int left = bits;
        while (left > 0) {
            int free = 8 - (written & 7);
            int taken = Math.min(free, left);
            long part = (value >>> (left - taken)) & ((1L << taken) - 1);
            bytes[written >>> 3] |= (byte) (part << (free - taken));
            written += taken;
            left -= taken;
        }
    }

    /** The next bits as the lowest of a number. */
    long read(int bits) {
        long value = 0;
        int left = bits;
        while (left > 0) {
            int there = 8 - (read & 7);
            int taken = Math.min(there, left);
            long part = ((bytes[read >>> 3] & 0xffL) >>> (there - taken)) & ((1L << taken) - 1);
            value = (value << taken) | part;
            read += taken;
            left -= taken;
        }
        return value;
    }

    /** Bytes that what was written takes. */
    int size() {
        return (written + 7) / 8;
    }

    /** Bytes that it takes to write without being enlarged. */
    int capacity() {
        return bytes.length;
    }

    /** Copies what was written to that place. */
    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, size());
    }
}
