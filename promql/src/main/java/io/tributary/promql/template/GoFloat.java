package io.tributary.promql.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with a fraction as Go's verbs print them, rounded from their exact value. Go: strconv, "FormatFloat". */
final class GoFloat {

    /** As many digits as the number needs to be read back. */
    static final int SHORTEST = -1;

    private static final int SMALLEST_PLAIN = -4;
    private static final int LARGEST_PLAIN = 21;

    private GoFloat() {}

    /** As {@code %v} prints it. */
    static String print(double number) {
        return general(number, SHORTEST, false);
    }

    /** {@code %f}. */
    static String fixed(double number, int digits) {
        if (!Double.isFinite(number)) {
            return unlimited(number);
        }
        BigDecimal exact = digits == SHORTEST
                ? new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros()
                : new BigDecimal(Math.abs(number)).setScale(digits, RoundingMode.HALF_EVEN);
        return sign(number) + exact.toPlainString();
    }

    /** {@code %e}. */
    static String scientific(double number, int digits) {
        if (!Double.isFinite(number)) {
            return unlimited(number);
        }
        BigDecimal rounded = digits == SHORTEST ? shortest(number) : rounded(number, digits + 1);
        String all = rounded.unscaledValue().toString();
        int exponent = rounded.signum() == 0 ? 0 : all.length() - 1 - rounded.scale();
        String padded = digits == SHORTEST ? all : all + "0".repeat(Math.max(0, digits + 1 - all.length()));
        return sign(number) + mantissa(padded) + exponent(exponent);
    }

    /**
     * {@code %g}.
     *
     * @param keepZeros whether zeros at the end stay, as with the flag {@code #}
     */
    static String general(double number, int digits, boolean keepZeros) {
        if (!Double.isFinite(number)) {
            return unlimited(number);
        }
        int wanted = digits == SHORTEST ? SHORTEST : Math.max(1, digits);
        BigDecimal rounded = wanted == SHORTEST ? shortest(number) : rounded(number, wanted);
        int precision = rounded.precision();
        int exponent = rounded.signum() == 0 ? 0 : precision - 1 - rounded.scale();
        BigDecimal bare = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        int limit = wanted == SHORTEST ? LARGEST_PLAIN : Math.max(wanted, bare.precision());
        BigDecimal shown = keepZeros && wanted != SHORTEST && rounded.signum() != 0
                ? rounded.setScale(wanted - 1 - exponent)
                : bare;
        if (exponent >= SMALLEST_PLAIN && exponent < limit) {
            return sign(number) + shown.toPlainString();
        }
        return sign(number) + mantissa(shown.unscaledValue().toString()) + exponent(exponent);
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(Double.toString(Math.abs(number)));
        return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }

    private static BigDecimal rounded(double number, int digits) {
        return new BigDecimal(Math.abs(number)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String mantissa(String digits) {
        return digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    }

    private static String exponent(int exponent) {
        String size = Integer.toString(Math.abs(exponent));
        return (exponent < 0 ? "e-" : "e+") + (size.length() < 2 ? "0" : "") + size;
    }

    private static String sign(double number) {
        return Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    }

    private static String unlimited(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return number > 0 ? "+Inf" : "-Inf";
    }
}
