package io.tributary.local.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a Connect worker says of a connector.
 *
 * @param states the connector's own state, then that of each task
 * @param tasks how many tasks it has
 * @param failure the first line of the first failure; empty if nothing failed
 */
record ConnectorStatus(List<String> states, int tasks, Optional<String> failure) {

    private static final String RUNNING = "RUNNING";
    private static final String FAILED = "FAILED";

    static ConnectorStatus of(JsonNode status) {
        var parts = new ArrayList<JsonNode>();
        parts.add(status.path("connector"));
        status.path("tasks").forEach(parts::add);
        List<String> states =
                parts.stream().map(part -> part.path("state").asString("")).toList();
        Optional<String> failure = parts.stream()
                .filter(part -> part.path("state").asString("").equals(FAILED))
                .map(part -> part.path("trace")
                        .asString("no reason given")
                        .lines()
                        .findFirst()
                        .orElse(""))
                .findFirst();
        return new ConnectorStatus(states, parts.size() - 1, failure);
    }

    /** Whether the connector and all its tasks, at least one, run. */
    boolean isRunning() {
        return tasks > 0 && states.stream().allMatch(RUNNING::equals);
    }
}
