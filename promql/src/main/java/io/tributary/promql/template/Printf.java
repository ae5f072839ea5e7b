package io.tributary.promql.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Text by a format with verbs. What does not fit a verb is printed with its type, as Go does. Go: fmt. */
final class Printf {

    private static final int DEFAULT_DIGITS = 6;
    private static final String FLAGS = "+-# 0";

    private final String format;
    private final List<Object> values;
    private final StringBuilder text = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;

    /** One verb's flags and sizes; a size of -1 is none. */
    private record Directive(String flags, int width, int precision) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }
    }

    private Printf(String format, List<Object> values) {
        this.format = format;
        this.values = values;
    }

    static String format(String format, List<Object> values) {
        var printf = new Printf(format, values);
        printf.all();
        return printf.text.toString();
    }

    private void all() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            text.append(format, at, percent < 0 ? format.length() : percent);
            at = percent < 0 ? format.length() : percent + 1;
            if (percent >= 0) {
                directive();
            }
        }
        if (!reordered && next < values.size()) {
            text.append("%!(EXTRA ");
            for (int i = next; i < values.size(); i++) {
                text.append(i > next ? ", " : "").append(typed(values.get(i)));
            }
            text.append(')');
        }
    }

    private void directive() {
        int from = at;
        while (at < format.length() && FLAGS.indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(from, at);
        index();
        int width = size();
        if (width < -1) {
            flags += "-";
            width = -width;
        }
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            index();
            precision = Math.max(0, size());
        }
        index();
        if (at >= format.length()) {
            text.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        verb(verb, new Directive(flags, width, precision));
    }

    /** An explicit index of the next value, such as {@code [1]}. */
    private void index() {
        int end = at < format.length() && format.charAt(at) == '[' ? format.indexOf(']', at) : -1;
        if (end < 0) {
            return;
        }
        try {
            next = Integer.parseInt(format, at + 1, end, 10) - 1;
            reordered = true;
        } catch (NumberFormatException e) {
            next = values.size();
        }
        at = end + 1;
    }

    private int size() {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            Object size = next >= 0 && next < values.size() ? values.get(next++) : null;
            if (size instanceof Long number) {
                return number.intValue();
            }
            text.append("%!(BADWIDTH)");
            return -1;
        }
        int from = at;
        while (at < format.length() && Character.isDigit(format.charAt(at))) {
            at++;
        }
        return from == at ? -1 : Integer.parseInt(format, from, at, 10);
    }

    private void verb(int verb, Directive directive) {
        if (verb == '%') {
            text.append('%');
        } else if (next < 0 || next >= values.size()) {
            text.append("%!").appendCodePoint(verb).append(next < 0 || reordered ? "(BADINDEX)" : "(MISSING)");
        } else {
            Object value = values.get(next++);
            String shown = shown(verb, value, directive);
            text.append(shown == null ? "%!" + Character.toString(verb) + "(" + typed(value) + ")" : shown);
        }
    }

    /** The value by the verb; null if that is not for such values. */
    private static String shown(int verb, Object value, Directive directive) {
        if (verb == 'T') {
            return padded(Type.of(value), directive);
        }
        if (verb == 'v') {
            return switch (value) {
                case Double number -> number('g', number, directive);
                case Long number -> integer('d', BigInteger.valueOf(number), directive);
                case BigInteger number -> integer('d', number, directive);
                case String string when directive.has('#') -> padded(Quoting.quote(string), directive);
                case null, default -> padded(GoText.print(value), directive);
            };
        }
        return switch (value) {
            case Double number -> number(verb, number, directive);
            case Long number -> integer(verb, BigInteger.valueOf(number), directive);
            case BigInteger number -> integer(verb, number, directive);
            case Boolean truth -> verb == 't' ? padded(truth.toString(), directive) : null;
            case null -> null;
            case List<?> list when verb != 's' -> null;
            default -> string(verb, GoText.print(value), directive);
        };
    }

    private static String string(int verb, String value, Directive directive) {
        int digits = directive.precision();
        String cut = digits >= 0 && digits < value.codePointCount(0, value.length())
                ? value.substring(0, value.offsetByCodePoints(0, digits))
                : value;
        return switch (verb) {
            case 's' -> padded(cut, directive);
            case 'q' -> padded(Quoting.quote(cut), directive);
            case 'x' -> padded(hex(cut), directive);
            case 'X' -> padded(hex(cut).toUpperCase(Locale.ROOT), directive);
            default -> null;
        };
    }

    private static String hex(String value) {
        var hex = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            hex.append(String.format("%02x", each));
        }
        return hex.toString();
    }

    private static String integer(int verb, BigInteger value, Directive directive) {
        BigInteger size = value.abs();
        String digits = switch (verb) {
            case 'd' -> size.toString();
            case 'b' -> size.toString(2);
            case 'o' -> (directive.has('#') ? "0" : "") + size.toString(8);
            case 'O' -> "0o" + size.toString(8);
            case 'x' -> (directive.has('#') ? "0x" : "") + size.toString(16);
            case 'X' -> (directive.has('#') ? "0X" : "") + size.toString(16).toUpperCase(Locale.ROOT);
            default -> null;
        };
        if (digits != null) {
            String full = "0".repeat(Math.max(0, directive.precision() - digits.length())) + digits;
            boolean zeros = directive.has('0') && directive.precision() < 0;
            return signed(value.signum() < 0 ? "-" : "", full, zeros, directive);
        }
        int character =
                value.bitLength() < 31 && Character.isValidCodePoint(value.intValue()) ? value.intValue() : 0xFFFD;
        return switch (verb) {
            case 'c' -> padded(Character.toString(character), directive);
            case 'q' -> padded(Quoting.quote(Character.toString(character), '\''), directive);
            case 'U' ->
                padded(directive.has('#') ? Quoting.name(character) : String.format("U+%04X", character), directive);
            default -> null;
        };
    }

    private static String number(int verb, double value, Directive directive) {
        int digits = directive.precision();
        String written = switch (verb) {
            case 'f', 'F' -> GoFloat.fixed(value, digits < 0 ? DEFAULT_DIGITS : digits);
            case 'e' -> GoFloat.scientific(value, digits < 0 ? DEFAULT_DIGITS : digits);
            case 'E' ->
                GoFloat.scientific(value, digits < 0 ? DEFAULT_DIGITS : digits).replace('e', 'E');
            case 'g' -> GoFloat.general(value, digits, directive.has('#'));
            case 'G' -> GoFloat.general(value, digits, directive.has('#')).replace('e', 'E');
            default -> null;
        };
        if (written == null) {
            return null;
        }
        boolean explicit = written.startsWith("-") || written.startsWith("+");
        String sign = explicit ? written.substring(0, 1) : "";
        String plain = Double.isInfinite(value) && !directive.has('+') && value > 0 ? "+" : sign;
        boolean zeros = directive.has('0') && Double.isFinite(value);
        return signed(plain, explicit ? written.substring(1) : written, zeros, directive);
    }

    private static String signed(String sign, String digits, boolean zeros, Directive directive) {
        String shown = sign;
        if (sign.isEmpty()) {
            shown = directive.has('+') ? "+" : directive.has(' ') ? " " : "";
        }
        if (zeros && !directive.has('-')) {
            return shown + "0".repeat(Math.max(0, directive.width() - shown.length() - digits.length())) + digits;
        }
        return padded(shown + digits, directive);
    }

    private static String padded(String value, Directive directive) {
        String space = " ".repeat(Math.max(0, directive.width() - value.codePointCount(0, value.length())));
        return directive.has('-') ? value + space : space + value;
    }

    private static String typed(Object value) {
        return value == null ? "<nil>" : Type.of(value) + "=" + GoText.print(value);
    }
}
