package io.tributary.promql.rule.state;

import io.tributary.promql.rule.alert.Alert;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link StateWriter} writes. Bytes that it never writes are an {@link IllegalArgumentException}. */
final class StateReader {

    private final byte[] bytes;
    private final List<String> texts = new ArrayList<>();
    private int at;

    StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw wrong("a number of at most 10 bytes");
    }

    /** How many things follow, of which each takes a byte at least. */
    int count() {
        return index(bytes.length - at + 1);
    }

    /** A number from 0 to below the bound. */
    int index(int bound) {
        long value = number();
        if (value < 0 || value >= bound) {
            throw wrong("a number below " + bound);
        }
        return (int) value;
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (next() & 0xFF);
        }
        return value;
    }

    long time(long near) {
        long code = number();
        if (code == 0) {
            return Alert.NEVER;
        }
        if (code == 1) {
            return fixed();
        }
        long zigzag = code - 2;
        return near + ((zigzag >>> 1) ^ -(zigzag & 1));
    }

    String text() {
        int reference = index(texts.size() + 1);
        if (reference > 0) {
            return texts.get(reference - 1);
        }
        int length = count();
        if (length > bytes.length - at) {
            throw wrong("a text of " + length + " bytes");
        }
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        texts.add(text);
        return text;
    }

    void end() {
        if (at < bytes.length) {
            throw wrong("the end");
        }
    }

    private byte next() {
        if (at == bytes.length) {
            throw wrong("more bytes");
        }
        return bytes[at++];
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                "state: byte " + at + " of " + bytes.length + " (expected: " + expected + ")");
    }
}
