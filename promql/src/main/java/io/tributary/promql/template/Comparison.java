package io.tributary.promql.template;

import java.util.List;
import java.util.Objects;

/** Compares basic values of the same kind. Go: text/template, "eq" and its like. */
final class Comparison {

    private Comparison() {}

    /** Whether the first equals any of the others. */
    static boolean equal(List<Object> values) {
        if (values.size() < 2) {
            throw new FunctionException("missing argument for comparison");
        }
        Object first = values.getFirst();
        return values.subList(1, values.size()).stream().anyMatch(other -> equal(first, other));
    }

    static boolean equal(Object first, Object second) {
        if (first == null || second == null) {
            return Objects.isNull(first) == Objects.isNull(second);
        }
        checkBasic(first);
        checkBasic(second);
        checkKind(first, second);
        return switch (plain(first)) {
            case Double number -> number.doubleValue() == (Double) second;
            case Object other -> other.equals(plain(second));
        };
    }

    static boolean less(Object first, Object second) {
        checkOrdered(first);
        checkOrdered(second);
        checkKind(first, second);
        return switch (plain(first)) {
            case Long number -> number < (Long) second;
            case Double number -> number < (Double) second;
            case Object text -> text.toString().compareTo(plain(second).toString()) < 0;
        };
    }

    private static Object plain(Object value) {
        return value instanceof SafeHtml html ? html.text() : value;
    }

    private static void checkBasic(Object value) {
        if (!(value instanceof Boolean)) {
            checkOrdered(value);
        }
    }

    private static void checkOrdered(Object value) {
        Object plain = plain(value);
        if (!(plain instanceof Long || plain instanceof Double || plain instanceof String)) {
            throw new FunctionException("invalid type for comparison");
        }
    }

    private static void checkKind(Object first, Object second) {
        if (plain(first).getClass() != plain(second).getClass()) {
            throw new FunctionException("incompatible types for comparison");
        }
    }
}
