package io.tributary.alerts.label;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Identifies an alert by its labels: 64-bit FNV-1a over name, 0xff, value, 0xff of each label in the order of names, in
 * UTF-8, written as 16 hexadecimal digits. Prometheus: common/model, "LabelSet.Fingerprint".
 */
public final class Fingerprint {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0xff;

    private Fingerprint() {}

    /** The fingerprint of these labels. */
    public static String of(Map<String, String> labels) {
        long hash = OFFSET;
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            hash = add(add(hash, label.getKey()), label.getValue());
        }
        return hex(hash);
    }

    /** The same hash of one text, to make short names of long ones. */
    public static String of(String text) {
        return hex(add(OFFSET, text));
    }

    private static long add(long start, String text) {
        long hash = start;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * PRIME;
        }
        return (hash ^ SEPARATOR) * PRIME;
    }

    private static String hex(long hash) {
        String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
