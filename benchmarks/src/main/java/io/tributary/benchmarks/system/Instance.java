package io.tributary.benchmarks.system;

import io.tributary.benchmarks.measure.Usage;
import io.tributary.local.Endpoints;

/**
 * One process of a part that may have several, which share its work.
 *
 * @param name by which Kafka knows it among the members of the part's group; {@link #UNNAMED} for the first
 * @param usage what the process uses
 * @param endpoints where it answers
 */
public record Instance(String name, Usage usage, Endpoints endpoints) {
    /** The name of an instance that was given none. */
    public static final String UNNAMED = "";
}
