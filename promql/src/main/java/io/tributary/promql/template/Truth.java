package io.tributary.promql.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Which values count as true: all but nothing, false, zero, and what is empty. */
final class Truth {

    private Truth() {}

    static boolean of(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case BigInteger number -> number.signum() != 0;
            case String text -> !text.isEmpty();
            case SafeHtml html -> !html.text().isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }
}
