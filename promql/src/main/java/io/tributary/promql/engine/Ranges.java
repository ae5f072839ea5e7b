package io.tributary.promql.engine;

import io.tributary.promql.ast.Selector;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Column;

/** A range vector: for each series all samples that any step needs, and where each step's range lies among them. */
interface Ranges {

    /** What is done with one series. */
    @FunctionalInterface
    interface Action {

        /**
         * Takes one series; its samples are valid only during the call.
         *
         * @param series its labels, and whether its name is to go; its values are of no meaning
         * @param samples without staleness markers
         */
        void accept(Column series, Samples samples);
    }

    void forEach(Action action);

    /** How long a range is, in milliseconds. */
    long length();

    Reach reach();

    /** Whether all series have the same name, so that they differ without it, too. */
    default boolean isOfOneName() {
        return false;
    }

    /** How samples outside the range take part. */
    default Selector.Extension extension() {
        return Selector.Extension.NONE;
    }
}
