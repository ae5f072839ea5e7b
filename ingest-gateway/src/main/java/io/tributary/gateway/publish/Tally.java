package io.tributary.gateway.publish;

import io.tributary.gateway.validate.Refusal;
import io.tributary.schemas.ledger.Outcome;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of a request's records: each that was accepted was published, dead-lettered or refused.
 *
 * @param published how many Kafka acknowledged
 * @param derived how many were made beside them and acknowledged
 * @param deadLettered how many are in the dead-letter topic
 * @param refused how many were refused, by reason
 */
public record Tally(long published, long derived, long deadLettered, Map<Refusal, Long> refused) {

    /** Keeps the map from change; its order is that of the reasons. */
    public Tally {
        Map<Refusal, Long> ordered = new EnumMap<>(Refusal.class);
        ordered.putAll(refused);
        refused = ordered;
    }

    /** How many records the client sent. */
    public long accepted() {
        return published + deadLettered + refusedInAll();
    }

    /** How many records may be sent again. */
    public long unavailable() {
        return refused.getOrDefault(Refusal.UNAVAILABLE, 0L);
    }

    /** How many records were refused. */
    public long refusedInAll() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The reasons with their counts, such as {@code invalid_trace_id: 2, zero_timestamp: 1}. */
    public String reasons() {
        return refused.entrySet().stream()
                .map(entry -> entry.getKey().label() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The counts as the ledger names them. */
    public Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> outcomes = new LinkedHashMap<>();
        outcomes.put(Outcome.ACCEPTED, accepted());
        outcomes.put(Outcome.PUBLISHED, published);
        outcomes.put(Outcome.DERIVED, derived);
        outcomes.put(Outcome.DEAD_LETTERED, deadLettered);
        refused.forEach((reason, count) -> outcomes.put(Outcome.refused(reason.label()), count));
        outcomes.values().removeIf(count -> count == 0);
        return outcomes;
    }
}
