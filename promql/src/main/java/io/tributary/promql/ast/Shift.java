package io.tributary.promql.ast;

import java.util.Optional;

/**
 * {@code offset} and {@code @} of a selector or subquery.
 *
 * @param offset how far back in time; negative: ahead; absent: not written
 * @param at the fixed time, absent: the time of evaluation
 */
public record Shift(Optional<Length> offset, Optional<At> at) {

    public static final Shift NONE = new Shift(Optional.empty(), Optional.empty());

    /** The time of an {@code @}. */
    public sealed interface At {

        /** {@code @ 1234.5}, in milliseconds since the epoch. */
        record Time(long millis) implements At {}

        /** {@code @ start()}: the first step of the query. */
        record Start() implements At {}

        /** {@code @ end()}: the last step of the query. */
        record End() implements At {}
    }
}
