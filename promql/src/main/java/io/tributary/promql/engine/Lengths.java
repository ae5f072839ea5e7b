package io.tributary.promql.engine;

import io.tributary.promql.ast.Length;
import io.tributary.promql.ast.Span;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Steps;

/** Lengths of time in milliseconds, once the steps of a query are known. */
final class Lengths {

    private final Steps query;

    Lengths(Steps query) {
        this.query = query;
    }

    /** A length that must be above 0. */
    long range(Length length) {
        return millis(length, false);
    }

    /** A length that may have any sign. */
    long offset(Length length) {
        return millis(length, true);
    }

    private long millis(Length length, boolean anySign) {
        if (length instanceof Length.Fixed fixed) {
            return fixed.millis();
        }
        double seconds = seconds(length);
        if (seconds <= 0 && !anySign) {
            throw failure(length.span(), "duration must be greater than 0");
        }
        if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000.0)) {
            throw failure(length.span(), "duration is out of range");
        }
        return (long) (seconds * 1000);
    }

    private double seconds(Length length) {
        return switch (length) {
            case Length.Fixed fixed -> fixed.millis() / 1000.0;
            case Length.Plain plain -> plain.value();
            case Length.Step _ -> query.interval() / 1000.0;
            case Length.Range _ -> (query.end() - query.start()) / 1000.0;
            case Length.Negated negated -> -seconds(negated.length());
            case Length.Wrapped wrapped -> seconds(wrapped.length());
            case Length.Combined combined -> combine(combined);
        };
    }

    private double combine(Length.Combined combined) {
        double left = seconds(combined.left());
        double right = seconds(combined.right());
        return switch (combined.operator()) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / notZero(right, combined.span(), "division by zero");
            case MODULO -> left % notZero(right, combined.span(), "modulo by zero");
            case POWER -> Math.pow(left, right);
            case MINIMUM -> Math.min(left, right);
            case MAXIMUM -> Math.max(left, right);
        };
    }

    private static double notZero(double value, Span span, String message) {
        if (value == 0) {
            throw failure(span, message);
        }
        return value;
    }

    private static QueryException failure(Span span, String message) {
        return new QueryException(span.start() + ":" + span.end() + ": " + message);
    }
}
