package io.tributary.connect.series;

import java.math.BigDecimal;

/** Writes bounds and quantiles as Prometheus does in the labels {@code le} and {@code quantile}. */
public final class Numbers {
    private static final int SMALLEST_PLAIN_EXPONENT = -4;
    private static final int LARGEST_PLAIN_EXPONENT = 5;

    private Numbers() {}

    /**
     * The shortest decimal that reads back as the number: plain from 1e-4 to below 1e6, else with an exponent of at
     * least two digits, such as {@code 1e+06}; {@code +Inf}, {@code -Inf}, {@code NaN}. Prometheus: text exposition
     * format, "floats".
     */
    public static String text(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (number == 0) {
            return "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent <= LARGEST_PLAIN_EXPONENT) {
            return decimal.toPlainString();
        }
        return decimal.scaleByPowerOfTen(-exponent).toPlainString()
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
