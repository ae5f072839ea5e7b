package io.tributary.promql.template.alert;

import io.tributary.promql.template.FunctionException;
import io.tributary.promql.template.Type;
import io.tributary.promql.template.time.GoDuration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers out of what templates have: numbers, texts and durations. */
final class Numbers {

    private static final Pattern FORM =
            Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\\.[0-9]+(?:[eE][+-]?[0-9]+)?"
                    + "|0[xX](?:[0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+)");

    private Numbers() {}

    static double of(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case String text -> parse(text);
            case GoDuration duration -> duration.nanos() / 1e9;
            case null, default -> throw new FunctionException("can't convert " + Type.of(value) + " to float");
        };
    }

    private static double parse(String text) {
        if (FORM.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> throw new FunctionException("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
        };
    }
}
