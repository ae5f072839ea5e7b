package io.tributary.promql;

import io.tributary.promql.label.LabelText;
import java.util.Locale;

/**
 * Durations as Prometheus writes them, in queries and in files: {@code 1h30m}, {@code 250ms}, {@code 0}; units from the
 * largest to the smallest, each at most once. A day has 24 hours, a week 7 days, a year 365 days.
 */
public final class Durations {

    private enum Unit {
        Y(365L * 24 * 3_600_000, true),
        W(7L * 24 * 3_600_000, true),
        D(24L * 3_600_000, false),
        H(3_600_000, false),
        M(60_000, false),
        S(1_000, false),
        MS(1, false);

        private final long millis;
        /** Whether it is printed only if nothing remains: 90d is easier to read than 12w6d. */
        private final boolean onlyAlone;

        Unit(long millis, boolean onlyAlone) {
            this.millis = millis;
            this.onlyAlone = onlyAlone;
        }

        private String symbol() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Prometheus's durations are nanoseconds in 63 bits. */
    private static final long MAX = Long.MAX_VALUE / 1_000_000;

    private Durations() {}

    /**
     * The milliseconds of a duration.
     *
     * @throws IllegalArgumentException with the reason, if it is none, or longer than 292 years
     */
    public static long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty duration string");
        }
        long total = 0;
        Unit last = null;
        int i = 0;
        while (i < text.length()) {
            int digits = i;
            while (i < text.length() && isDigit(text.charAt(i))) {
                i++;
            }
            int symbol = i;
            while (i < text.length() && !isDigit(text.charAt(i))) {
                i++;
            }
            if (digits == symbol || symbol == i) {
                throw new IllegalArgumentException("not a valid duration string: " + LabelText.quote(text));
            }
            Unit unit = unit(text.substring(symbol, i), text);
            if (last != null && unit.compareTo(last) <= 0) {
                throw new IllegalArgumentException("not a valid duration string: " + LabelText.quote(text));
            }
            last = unit;
            total = add(total, text.substring(digits, symbol), unit);
        }
        return total;
    }

    /** A length in milliseconds as Prometheus prints it, for instance {@code 1h30m}, {@code -5s} or {@code 0s}. */
    public static String format(long millis) {
        if (millis == 0) {
            return "0s";
        }
        var text = new StringBuilder(millis < 0 ? "-" : "");
        long rest = Math.abs(millis);
        for (Unit unit : Unit.values()) {
            long count = rest / unit.millis;
            if (count > 0 && !(unit.onlyAlone && rest % unit.millis != 0)) {
                text.append(count).append(unit.symbol());
                rest %= unit.millis;
            }
        }
        return text.toString();
    }

    private static Unit unit(String symbol, String text) {
        for (Unit unit : Unit.values()) {
            if (unit.symbol().equals(symbol)) {
                return unit;
            }
        }
        throw new IllegalArgumentException(
                "unknown unit " + LabelText.quote(symbol) + " in duration " + LabelText.quote(text));
    }

    private static long add(long total, String digits, Unit unit) {
        try {
            long sum = Math.addExact(total, Math.multiplyExact(Long.parseLong(digits), unit.millis));
            if (sum <= MAX) {
                return sum;
            }
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            // Reported below, as any other that is too large.
        }
        throw new IllegalArgumentException("duration out of range");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
