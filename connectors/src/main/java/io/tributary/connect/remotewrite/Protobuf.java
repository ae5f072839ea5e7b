package io.tributary.connect.remotewrite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of protobuf's wire format, with the few kinds of fields that remote write needs. Protocol Buffers:
 * "Encoding".
 */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int MORE = 0x80;

    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    Protobuf text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return block(field, utf8, utf8.length);
    }

    Protobuf message(int field, Protobuf message) {
        return block(field, message.bytes, message.size);
    }

    Protobuf encoded(int field, byte[] message) {
        return block(field, message, message.length);
    }

    Protobuf number(int field, double value) {
        varint((field << 3) | FIXED64);
        long bits = Double.doubleToRawLongBits(value);
        room(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[size++] = (byte) (bits >>> (8 * i));
        }
        return this;
    }

    Protobuf integer(int field, long value) {
        varint((field << 3) | VARINT);
        varint(value);
        return this;
    }

    /** Fields that were encoded before. */
    Protobuf raw(byte[] fields) {
        room(fields.length);
        System.arraycopy(fields, 0, bytes, size, fields.length);
        size += fields.length;
        return this;
    }

    private Protobuf block(int field, byte[] content, int length) {
        varint((field << 3) | LENGTH);
        varint(length);
        room(length);
        System.arraycopy(content, 0, bytes, size, length);
        size += length;
        return this;
    }

    private void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & -MORE) != 0) {
            bytes[size++] = (byte) ((rest & (MORE - 1)) | MORE);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
