package io.tributary.promql.label;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Quoted text as the language has it: Go's escapes between double or single quotes, none between backquotes. */
public final class Quoted {

    private final String text;
    private final char quote;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at = 1;

    private Quoted(String text) {
        this.text = text;
        this.quote = text.charAt(0);
    }

    /** The index after the closing quote of what begins at the index, or -1 if it is not closed on its line. */
    public static int end(String text, int from) {
        char quote = text.charAt(from);
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                return i + 1;
            }
            if (quote != '`' && c == '\n') {
                return -1;
            }
            if (quote != '`' && c == '\\') {
                i++;
            }
        }
        return -1;
    }

    /**
     * What the quotes hold.
     *
     * @param text with its quotes
     * @throws IllegalArgumentException with the reason if it is not one quoted text
     */
    public static String unquote(String text) {
        if (text.length() < 2 || "\"'`".indexOf(text.charAt(0)) < 0 || end(text, 0) != text.length()) {
            throw new IllegalArgumentException("not a quoted text: " + text);
        }
        return text.charAt(0) == '`' ? text.substring(1, text.length() - 1) : new Quoted(text).read();
    }

    private String read() {
        while (at < text.length() - 1) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == '\\') {
                escape();
            } else {
                write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void escape() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        switch (c) {
            case 'a' -> bytes.write(7);
            case 'b' -> bytes.write('\b');
            case 'f' -> bytes.write('\f');
            case 'n' -> bytes.write('\n');
            case 'r' -> bytes.write('\r');
            case 't' -> bytes.write('\t');
            case 'v' -> bytes.write(11);
            case '\\' -> bytes.write('\\');
            // Bytes, which together may make one character of UTF-8.
            case 'x' -> bytes.write((int) number(2, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                bytes.write(octal());
            }
            case 'u' -> write(codePoint(4));
            case 'U' -> write(codePoint(8));
            default -> {
                if (c != quote) {
                    throw new IllegalArgumentException("unknown escape sequence " + named(c));
                }
                write(c);
            }
        }
    }

    private int codePoint(int digits) {
        long c = number(digits, 16);
        if (c > Character.MAX_CODE_POINT || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw noCodePoint();
        }
        return (int) c;
    }

    private int octal() {
        long number = number(3, 8);
        if (number > 0xFF) {
            throw noCodePoint();
        }
        return (int) number;
    }

    private long number(int digits, int radix) {
        long number = 0;
        for (int i = 0; i < digits; i++) {
            if (at >= text.length() - 1) {
                throw new IllegalArgumentException("escape sequence not terminated");
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException("illegal character " + named(c) + " in escape sequence");
            }
            number = number * radix + digit;
        }
        return number;
    }

    private void write(int codePoint) {
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException noCodePoint() {
        return new IllegalArgumentException("escape sequence is an invalid Unicode code point");
    }

    private static String named(int c) {
        return String.format("U+%04X '%s'", c, Character.toString(c));
    }
}
