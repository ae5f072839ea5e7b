package io.tributary.promql;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Prometheus writes them, in queries and in files: {@code 1h30m}, {@code 250ms}, {@code 0}. A year has 365
 * days; a day has 24 hours.
 */
public final class Durations {

    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1};

    /** A year, a week or a day is only written of a length that has nothing beside. */
    private static final int ONLY_WHOLE = 3;

    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?", Pattern.DOTALL);

    /** The longest that Prometheus can hold: 2⁶³ − 1 nanoseconds. */
    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE / 1_000_000);

    private Durations() {}

    /**
     * The length in milliseconds.
     *
     * @throws IllegalArgumentException with the reason if the text is no duration, or one of more than 292 years
     */
    public static long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty duration string");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a valid duration string: \"" + text + "\"");
        }
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            if (form.group(i + 1) != null) {
                total = total.add(new BigInteger(form.group(i + 1)).multiply(BigInteger.valueOf(MILLIS[i])));
            }
        }
        if (total.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("duration out of range");
        }
        return total.longValue();
    }

    /** As Prometheus prints it: {@code 1h30m}, {@code 2d}, {@code 36h} (a day and a half), {@code 0s}. */
    public static String format(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis < 0) {
            return "-" + format(-millis);
        }
        var text = new StringBuilder();
        long rest = millis;
        for (int i = 0; i < UNITS.length; i++) {
            boolean written = i < ONLY_WHOLE ? rest % MILLIS[i] == 0 : rest >= MILLIS[i];
            if (written && rest > 0) {
                text.append(rest / MILLIS[i]).append(UNITS[i]);
                rest %= MILLIS[i];
            }
        }
        return text.toString();
    }
}
