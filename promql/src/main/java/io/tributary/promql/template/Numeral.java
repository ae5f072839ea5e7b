package io.tributary.promql.template;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as templates write them, which are Go's but for imaginary ones. */
final class Numeral {

    private static final Pattern INTEGER =
            Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[1-9][0-9_]*|0)");
    private static final Pattern REAL =
            Pattern.compile("[+-]?(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9_]+)(?:[eE][+-]?[0-9_]+)?");
    private static final Pattern HEX_REAL =
            Pattern.compile("[+-]?0[xX](?:[0-9a-fA-F_]+\\.?[0-9a-fA-F_]*|\\.[0-9a-fA-F_]+)[pP][+-]?[0-9_]+");

    private Numeral() {}

    static boolean isOne(String text) {
        return isInteger(text)
                || REAL.matcher(text).matches()
                || HEX_REAL.matcher(text).matches();
    }

    private static boolean isInteger(String text) {
        return INTEGER.matcher(text).matches();
    }

    /**
     * A {@link Long}, or a {@link Double} where it is written as one.
     *
     * @throws ArithmeticException if it does not fit
     */
    static Number value(String text) {
        String plain = text.replace("_", "");
        if (isInteger(text)) {
            return integer(plain).longValueExact();
        }
        return Double.valueOf(plain);
    }

    private static BigInteger integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.startsWith("+") || negative ? text.substring(1) : text;
        BigInteger size = switch (digits.length() < 2 || digits.charAt(0) != '0'
                ? ' '
                : Character.toLowerCase(digits.charAt(1))) {
            case 'x' -> new BigInteger(digits.substring(2), 16);
            case 'b' -> new BigInteger(digits.substring(2), 2);
            case 'o' -> new BigInteger(digits.substring(2), 8);
            case ' ' -> new BigInteger(digits);
            default -> new BigInteger(digits, 8);
        };
        return negative ? size.negate() : size;
    }
}
