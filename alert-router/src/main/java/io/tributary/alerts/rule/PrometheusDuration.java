package io.tributary.alerts.rule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus and Alertmanager write them, such as {@code 1h30m}. Prometheus: common/model, "Duration". */
public final class PrometheusDuration {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long DAY = 24 * 3600_000L;
    private static final long[] MILLIS = {365 * DAY, 7 * DAY, DAY, 3600_000L, 60_000L, 1000L, 1L};

    private PrometheusDuration() {}

    /** The duration; {@link IllegalArgumentException} with a reason if the text is none. */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("not a valid duration: \"" + text + "\" (expected: such as 1h30m)");
        }
        try {
            long millis = 0;
            for (int i = 0; i < MILLIS.length; i++) {
                String part = parts.group(i + 1);
                millis = Math.addExact(millis, part == null ? 0 : Math.multiplyExact(Long.parseLong(part), MILLIS[i]));
            }
            return Duration.ofMillis(millis);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("duration out of range: \"" + text + "\"", e);
        }
    }
}
