package io.tributary.promql.rule.state;

import io.tributary.promql.rule.alert.Alert;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Writes a state's numbers, times and texts. */
final class StateWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> texts = new HashMap<>();

    byte[] bytes() {
        return out.toByteArray();
    }

    /** A number of 0 or more in as few bytes as it needs, seven bits in each. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** Eight bytes. */
    void fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }

    /** A time that is probably near another. */
    void time(long time, long near) {
        if (time == Alert.NEVER) {
            number(0);
            return;
        }
        long distance = time - near;
        // Signs go to the end, so that small distances are small numbers either way; 0 is never.
        long zigzag = (distance << 1) ^ (distance >> 63);
        if (zigzag >= 0 && zigzag < Long.MAX_VALUE) {
            number(zigzag + 2);
        } else {
            number(1);
            fixed(time);
        }
    }

    /** A text, or where among the texts so far it is. */
    void text(String text) {
        Integer known = texts.putIfAbsent(text, texts.size());
        if (known != null) {
            number(known + 1L);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(0);
        number(bytes.length);
        out.writeBytes(bytes);
    }
}
