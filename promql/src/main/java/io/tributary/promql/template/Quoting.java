package io.tributary.promql.template;

/** Text in quotes as Go writes it. Go: strconv, "Quote". */
final class Quoting {

    private Quoting() {}

    /** In double quotes, with escapes for what cannot be printed. */
    static String quote(String text) {
        return quote(text, '"');
    }

    static String quote(String text, char mark) {
        var quoted = new StringBuilder(text.length() + 2).append(mark);
        text.codePoints().forEach(c -> append(quoted, c, mark));
        return quoted.append(mark).toString();
    }

    private static void append(StringBuilder quoted, int c, char mark) {
        int control = "\u0007\b\f\n\r\t\u000b".indexOf(c);
        if (c == mark || c == '\\') {
            quoted.append('\\').append((char) c);
        } else if (control >= 0) {
            quoted.append('\\').append("abfnrtv".charAt(control));
        } else if (c < ' ' || c == 0x7f) {
            quoted.append(String.format("\\x%02x", c));
        } else if (!isPrintable(c)) {
            quoted.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        } else {
            quoted.appendCodePoint(c);
        }
    }

    /** Go: unicode.IsPrint. Of white space only the plain space counts. */
    static boolean isPrintable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** For instance {@code U+002A '*'}; without the character if it cannot be printed. */
    static String name(int c) {
        String code = String.format("U+%04X", c);
        return isPrintable(c) ? code + " '" + Character.toString(c) + "'" : code;
    }
}
