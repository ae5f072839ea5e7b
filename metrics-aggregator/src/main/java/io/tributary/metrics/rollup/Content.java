package io.tributary.metrics.rollup;

/** What a window of one series holds. */
public sealed interface Content permits Gauge, Counter, Distribution {
    /**
     * This content and one of later points together. Contents of different types do not add up: the later one alone
     * remains, since a series that changed its kind is another series under the same name.
     */
    Content merge(Content later);

    /** The content as it is published. */
    Object toAvro();
}
