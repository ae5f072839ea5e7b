package io.tributary.promql.template.alert;

import io.tributary.promql.template.FunctionException;
import io.tributary.promql.template.GoText;
import io.tributary.promql.template.time.GoTime;
import java.time.Instant;

/** Numbers for people, with four digits. */
final class Humanize {

    private static final String LARGE = "kMGTPEZY";
    private static final String SMALL = "munpfazy";
    private static final double NANOS = 1e9;

    private Humanize() {}

    /** With a prefix of the decimal system: {@code 1.235M}, {@code 120m}. */
    static String decimal(double number) {
        if (number == 0 || !Double.isFinite(number)) {
            return digits(number);
        }
        return Math.abs(number) < 1 ? small(number, "") : scaled(number, 1000, "");
    }

    /** With a prefix of the binary system: {@code 1.5Gi}. */
    static String binary(double number) {
        return Math.abs(number) <= 1 || !Double.isFinite(number) ? digits(number) : scaled(number, 1024, "i");
    }

    static String percentage(double ratio) {
        return digits(ratio * 100) + "%";
    }

    /** A number of seconds in days, hours, minutes and seconds, or in parts of a second. */
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return digits(seconds);
        }
        if (Math.abs(seconds) < 1) {
            return seconds == 0 ? digits(seconds) + "s" : small(seconds, "s");
        }
        String sign = seconds < 0 ? "-" : "";
        long whole = (long) Math.abs(seconds);
        long days = whole / 86_400;
        long hours = whole / 3600 % 24;
        long minutes = whole / 60 % 60;
        if (whole < 60) {
            return sign + digits(Math.abs(seconds)) + "s";
        }
        return sign
                + (days > 0 ? days + "d " : "")
                + (whole >= 3600 ? hours + "h " : "")
                + minutes
                + "m "
                + whole % 60
                + "s";
    }

    /** A number of seconds since the epoch as a time. */
    static String timestamp(double seconds) {
        return Double.isFinite(seconds) ? time(seconds).toString() : digits(seconds);
    }

    /** The time so many seconds since the epoch, to the millisecond. */
    static GoTime time(double seconds) {
        if (!Double.isFinite(seconds)) {
            throw new FunctionException("value is NaN or Inf");
        }
        double nanos = seconds * NANOS;
        if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
            throw new FunctionException(GoText.print(seconds)
                    + " cannot be represented as a nanoseconds timestamp since it overflows int64");
        }
        return GoTime.of(Instant.ofEpochMilli((long) nanos / 1_000_000));
    }

    private static String scaled(double number, int base, String suffix) {
        double scaled = number;
        String prefix = "";
        for (int i = 0; i < LARGE.length() && Math.abs(scaled) >= base; i++) {
            prefix = LARGE.charAt(i) + suffix;
            scaled /= base;
        }
        return digits(scaled) + prefix;
    }

    private static String small(double number, String unit) {
        double scaled = number;
        String prefix = "";
        for (int i = 0; i < SMALL.length() && Math.abs(scaled) < 1; i++) {
            prefix = SMALL.substring(i, i + 1);
            scaled *= 1000;
        }
        return digits(scaled) + prefix + unit;
    }

    private static String digits(double number) {
        return GoText.format("%.4g", number);
    }
}
