package io.tributary.promql.engine;

import io.tributary.promql.ast.Shift;
import io.tributary.promql.value.Steps;
import java.util.OptionalLong;

/**
 * What time a selector or subquery looks at when it is evaluated at another: {@code offset} and {@code @}.
 *
 * @param offset how far back, in milliseconds; negative: ahead
 * @param at the time from which it looks, whatever the time of evaluation; in milliseconds since the epoch
 */
record Reach(long offset, OptionalLong at) {

    static Reach of(Shift shift, Query query) {
        long offset = shift.offset().map(query.lengths()::offset).orElse(0L);
        OptionalLong at = shift.at()
                .map(fixed -> OptionalLong.of(time(fixed, query.steps())))
                .orElseGet(OptionalLong::empty);
        return new Reach(offset, at);
    }

    long from(long time) {
        return at.orElse(time) - offset;
    }

    private static long time(Shift.At at, Steps query) {
        return switch (at) {
            case Shift.At.Time fixed -> fixed.millis();
            case Shift.At.Start _ -> query.start();
            case Shift.At.End _ -> query.end();
        };
    }
}
