package io.tributary.local.ledger;

import io.tributary.schemas.topic.Signal;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the balance must know of the system beside what the ledger says.
 *
 * @param signals the signal of each topic that is balanced, by the topic's name
 * @param entrances the topics that clients' records come in by
 * @param stages which stage always reads which topics, so that one that never ran is missed
 */
record Catalogue(Map<String, String> signals, List<String> entrances, Map<String, Set<String>> stages) {

    static Catalogue of(Topics topics) {
        String logs = topics.logs().name();
        String metrics = topics.metrics().name();
        String spans = topics.spans().name();
        return new Catalogue(
                topics.all().stream()
                        .filter(topic -> topic.signal() != Signal.LEDGER)
                        .collect(Collectors.toMap(
                                Topic::name, topic -> topic.signal().label())),
                List.of(logs, metrics, spans),
                Map.of(
                        "log-indexer", Set.of(logs),
                        "metrics-aggregator", Set.of(metrics),
                        "alert-router", Set.of(metrics),
                        "trace-assembler", Set.of(spans)));
    }
}
