package io.tributary.promql.value;

import java.math.BigDecimal;

/** Numbers as Go, and so Prometheus, writes them: with the fewest digits that read back as the same number. */
public final class NumberText {

    private NumberText() {}

    /** Never with an exponent: Go's {@code FormatFloat(value, 'f', -1, 64)}. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        String text = Double.toString(value);
        if (text.indexOf('E') < 0) {
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }
        return shortest(value).toPlainString();
    }

    /** With an exponent from 1e+06 and below 1e-04: Go's {@code %v} and {@code %g}. */
    public static String general(double value) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-4 && size < 1e6)) {
            return plain(value);
        }
        BigDecimal number = shortest(value);
        int exponent = number.precision() - number.scale() - 1;
        String digits = number.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + fraction
                + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static BigDecimal shortest(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros();
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? "+Inf" : "-Inf";
    }
}
