package io.tributary.benchmarks.stage;

import java.util.List;
import java.util.stream.Stream;

/** Every stage that can be measured. */
public final class Stages {
    private Stages() {}

    /** All stages: those alone, in the order in which records pass them, and then the whole. */
    public static List<Stage> all() {
        return Stream.concat(alone().stream(), Stream.of(new WholeStage())).toList();
    }

    /** Those that start no more of the system than they need. */
    public static List<Stage> alone() {
        return List.of(
                new CodeStage(),
                new GatewayStage(),
                new IndexerStage(),
                StreamStage.traces(),
                StreamStage.metrics(),
                StreamStage.alerts());
    }
}
