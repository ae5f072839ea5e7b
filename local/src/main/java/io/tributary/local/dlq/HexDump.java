package io.tributary.local.dlq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes as people can look at them: sixteen a line, as hexadecimal numbers and as ASCII. */
final class HexDump {
    private static final int WIDTH = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    /** At most this many of the bytes, and a line that tells how many are left out. */
    static List<String> lines(byte[] bytes, int limit) {
        List<String> lines = new ArrayList<>();
        int shown = Math.min(bytes.length, limit);
        for (int from = 0; from < shown; from += WIDTH) {
            int to = Math.min(from + WIDTH, shown);
            lines.add("%08x  %-47s  %s".formatted(from, HEX.formatHex(bytes, from, to), ascii(bytes, from, to)));
        }
        if (shown < bytes.length) {
            lines.add("… and " + (bytes.length - shown) + " bytes more");
        }
        return lines;
    }

    private static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }
}
