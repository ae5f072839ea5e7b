package io.tributary.gateway.prometheus;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Names of OpenTelemetry as Prometheus allows them. OpenTelemetry: compatibility/prometheus_and_openmetrics.md. */
final class Names {
    private static final String DIGIT_FIRST = "key_";
    /** How many keys are remembered at most; a power of 2. One takes the place of another. */
    private static final int REMEMBERED = 1 << 10;
    /** Longer keys are not remembered, so that what is remembered stays small. */
    private static final int LONGEST = 128;

    private static final AtomicReferenceArray<Remembered> LABELS = new AtomicReferenceArray<>(REMEMBERED);

    private record Remembered(String key, String label) {}

    private Names() {}

    /** The parts of the text that a name may hold, with one underscore between them. */
    static String tokens(String text, boolean colons) {
        StringBuilder name = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isAlphanumeric(c) || (colons && c == ':')) {
                if (gap && !name.isEmpty()) {
                    name.append('_');
                }
                gap = false;
                name.append(c);
            } else {
                gap = true;
            }
        }
        return name.toString();
    }

    /**
     * The attribute's key as the name of a label. Few keys name the attributes of all points, so they are remembered.
     */
    static String label(String key) {
        if (key.length() > LONGEST) {
            return mended(key);
        }
        int slot = key.hashCode() & (REMEMBERED - 1);
        Remembered known = LABELS.get(slot);
        if (known == null || !known.key.equals(key)) {
            known = new Remembered(key, mended(key));
            LABELS.set(slot, known);
        }
        return known.label;
    }

    private static String mended(String key) {
        if (isLabel(key)) {
            return key;
        }
        StringBuilder name = new StringBuilder(key.length() + DIGIT_FIRST.length());
        if (key.isEmpty()) {
            return "_";
        }
        if (isDigit(key.charAt(0))) {
            name.append(DIGIT_FIRST);
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (isAlphanumeric(c)) {
                name.append(c);
            } else if (name.isEmpty() || name.charAt(name.length() - 1) != '_') {
                name.append('_');
            }
        }
        return name.toString();
    }

    private static boolean isLabel(String key) {
        if (key.isEmpty() || isDigit(key.charAt(0))) {
            return false;
        }
        char last = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isAlphanumeric(c) && (c != '_' || last == '_')) {
                return false;
            }
            last = c;
        }
        return true;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }
}
