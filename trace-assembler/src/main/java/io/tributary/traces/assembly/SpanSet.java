package io.tributary.traces.assembly;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of a trace in the order in which they came, each known by its id and kind. Most traces have few: those are
 * looked through one by one, which takes half of the memory that a map takes.
 */
final class SpanSet {
    /** What tells a span of a trace from the others. */
    record Id(long spanId, SpanKind kind) {
        static Id of(SpanFacts facts) {
            return new Id(facts.spanId(), facts.kind());
        }
    }

    static final int FEW = 16;

    private final List<KeptSpan> spans = new ArrayList<>(FEW / 2);
    /** All of them, if there are more than few. */
    private Map<Id, KeptSpan> index = Map.of();

    /** The span with the id and kind of these facts; null if there is none. */
    KeptSpan find(SpanFacts facts) {
        if (!index.isEmpty()) {
            return index.get(Id.of(facts));
        }
        for (KeptSpan span : spans) {
            if (span.facts().spanId() == facts.spanId() && span.facts().kind() == facts.kind()) {
                return span;
            }
        }
        return null;
    }

    /** Adds a span that is not among them. */
    void add(KeptSpan span) {
        spans.add(span);
        if (!index.isEmpty()) {
            index.put(Id.of(span.facts()), span);
        } else if (spans.size() > FEW) {
            index = new HashMap<>();
            spans.forEach(known -> index.put(Id.of(known.facts()), known));
        }
    }

    /** All of them, in the order in which they came. */
    List<KeptSpan> all() {
        return Collections.unmodifiableList(spans);
    }

    void clear() {
        spans.clear();
        index = Map.of();
    }
}
