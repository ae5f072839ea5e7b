package io.tributary.alerts.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function of templates, from text to text. Prometheus: template_reference, "Functions". */
final class TemplateFunction {
    /** The known functions, for messages. */
    static final String NAMES =
            "humanize, humanize1024, humanizeDuration, humanizePercentage, toUpper, toLower, title, printf";

    private static final Pattern PRINTF =
            Pattern.compile("printf\\s+\"([^%\"\\\\]*)%(\\.\\d+)?([fgsv])([^%\"\\\\]*)\"");
    private static final String LARGE = "kMGTPEZY";
    private static final String SMALL = "munpfazy";

    private final UnaryOperator<String> function;

    private TemplateFunction(UnaryOperator<String> function) {
        this.function = function;
    }

    /** The function of this name, or printf with its format; empty if it is not known. */
    static Optional<TemplateFunction> parse(String text) {
        return switch (text) {
            case "humanize" -> numeric(TemplateFunction::humanize);
            case "humanize1024" -> numeric(TemplateFunction::humanize1024);
            case "humanizeDuration" -> numeric(TemplateFunction::humanizeDuration);
            case "humanizePercentage" -> numeric(number -> fourDigits(number * 100) + "%");
            case "toUpper" -> Optional.of(new TemplateFunction(each -> each.toUpperCase(Locale.ROOT)));
            case "toLower" -> Optional.of(new TemplateFunction(each -> each.toLowerCase(Locale.ROOT)));
            case "title" -> Optional.of(new TemplateFunction(TemplateFunction::title));
            default -> printf(text);
        };
    }

    String apply(String text) {
        return function.apply(text);
    }

    private interface Numeric {
        String text(double number);
    }

    private static Optional<TemplateFunction> numeric(Numeric function) {
        return Optional.of(new TemplateFunction(text -> {
            try {
                return function.text(number(text));
            } catch (NumberFormatException e) {
                // An alert must go out even when one of its texts cannot be made.
                return text;
            }
        }));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static Optional<TemplateFunction> printf(String text) {
        Matcher call = PRINTF.matcher(text);
        if (!call.matches()) {
            return Optional.empty();
        }
        String before = call.group(1);
        String after = call.group(4);
        int digits = call.group(2) == null ? -1 : Integer.parseInt(call.group(2).substring(1));
        return switch (call.group(3)) {
            case "f" -> numeric(number -> before + fixed(number, digits < 0 ? 6 : digits) + after);
            case "g" ->
                numeric(number -> before + (digits < 0 ? GoFloat.format(number) : general(number, digits)) + after);
            default -> Optional.of(new TemplateFunction(each -> before + each + after));
        };
    }

    private static String fixed(double number, int digits) {
        // Go rounds the exact binary value, Java's own format the shortest decimal.
        return Double.isFinite(number)
                ? new BigDecimal(number)
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : GoFloat.format(number);
    }

    private static String fourDigits(double number) {
        return general(number, 4);
    }

    /** As Go's {@code %.ng}: this many significant digits, without trailing zeros. */
    private static String general(double number, int digits) {
        if (!Double.isFinite(number) || number == 0) {
            return GoFloat.format(number);
        }
        MathContext rounding = new MathContext(Math.max(1, digits), RoundingMode.HALF_EVEN);
        return GoFloat.format(new BigDecimal(number).round(rounding).doubleValue());
    }

    private static String humanize(double number) {
        if (number == 0 || !Double.isFinite(number)) {
            return fourDigits(number);
        }
        double scaled = number;
        String prefix = "";
        if (Math.abs(number) >= 1) {
            for (int i = 0; i < LARGE.length() && Math.abs(scaled) >= 1000; i++) {
                prefix = LARGE.substring(i, i + 1);
                scaled /= 1000;
            }
        } else {
            for (int i = 0; i < SMALL.length() && Math.abs(scaled) < 1; i++) {
                prefix = SMALL.substring(i, i + 1);
                scaled *= 1000;
            }
        }
        return fourDigits(scaled) + prefix;
    }

    private static String humanize1024(double number) {
        double scaled = number;
        String prefix = "";
        if (Double.isFinite(number)) {
            for (int i = 0; i < LARGE.length() && Math.abs(scaled) >= 1024; i++) {
                prefix = LARGE.substring(i, i + 1) + "i";
                scaled /= 1024;
            }
        }
        return fourDigits(scaled) + prefix;
    }

    private static String humanizeDuration(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return number == 0 ? "0s" : fourDigits(number);
        }
        if (Math.abs(number) < 1) {
            return humanize(number) + "s";
        }
        String sign = number < 0 ? "-" : "";
        long whole = (long) Math.abs(number);
        long days = whole / 86400;
        long hours = whole / 3600 % 24;
        long minutes = whole / 60 % 60;
        long seconds = whole % 60;
        if (days > 0) {
            return String.format(Locale.ROOT, "%s%dd %dh %dm %ds", sign, days, hours, minutes, seconds);
        }
        if (hours > 0) {
            return String.format(Locale.ROOT, "%s%dh %dm %ds", sign, hours, minutes, seconds);
        }
        return minutes > 0
                ? String.format(Locale.ROOT, "%s%dm %ds", sign, minutes, seconds)
                : sign + fourDigits(Math.abs(number)) + "s";
    }

    private static String title(String text) {
        StringBuilder made = new StringBuilder(text);
        for (int i = 0; i < made.length(); i++) {
            if (i == 0 || !Character.isLetterOrDigit(made.charAt(i - 1))) {
                made.setCharAt(i, Character.toUpperCase(made.charAt(i)));
            }
        }
        return made.toString();
    }
}
