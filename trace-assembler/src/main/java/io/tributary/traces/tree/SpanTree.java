package io.tributary.traces.tree;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.TraceSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The spans of one trace and how they caused each other. Everything it tells depends on the set of spans alone, never
 * on their order.
 */
public final class SpanTree {
    private final Collection<SpanFacts> spans;
    private final Map<Long, List<SpanFacts>> byId;

    /** The tree of these spans, of which no two have both id and kind in common. */
    public SpanTree(Collection<SpanFacts> spans) {
        this.spans = spans;
        this.byId = HashMap.newHashMap(spans.size());
        for (SpanFacts span : spans) {
            byId.computeIfAbsent(span.spanId(), unseen -> new ArrayList<>(1)).add(span);
        }
    }

    /** Whether the root and every parent are there, and if not, which is missing. */
    public Completeness completeness() {
        if (root().isEmpty()) {
            return Completeness.MISSING_ROOT;
        }
        boolean whole = spans.stream().allMatch(span -> span.parentId() == 0 || byId.containsKey(span.parentId()));
        return whole ? Completeness.COMPLETE : Completeness.MISSING_PARENT;
    }

    /** The earliest span without a parent or caller; empty if there is none. */
    public Optional<SpanFacts> root() {
        return spans.stream()
                .filter(span -> span.parentId() == 0 && causeOf(span).isEmpty())
                .min(SpanFacts.BY_START);
    }

    /** What is known of the whole trace; there must be a span. */
    public TraceSummary summary() {
        SpanFacts face =
                root().orElseGet(() -> spans.stream().min(SpanFacts.BY_START).orElseThrow());
        long start = Long.MAX_VALUE;
        long end = 0;
        long errors = 0;
        TreeSet<String> services = new TreeSet<>();
        for (SpanFacts span : spans) {
            services.add(span.service());
            errors += span.error() ? 1 : 0;
            if (span.isTimed()) {
                start = Math.min(start, span.startNanos());
                end = Math.max(end, span.endNanos());
            }
        }
        boolean timed = start != Long.MAX_VALUE;
        return TraceSummary.newBuilder()
                .setRootService(face.service())
                .setRootOperation(face.operation())
                .setStartTimeUnixNano(timed ? start : 0)
                .setDurationNanos(timed ? end - start : 0)
                .setSpanCount(spans.size())
                .setErrorCount(errors)
                .setServices(ServiceList.bounded(services))
                .setCompleteness(completeness())
                .build();
    }

    /**
     * The calls between services, each counted once, at the span that answers it: a span whose cause belongs to another
     * service, and within a service a server span caused by a client span or a consumer span caused by a producer span.
     */
    public List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (SpanFacts callee : spans) {
            causeOf(callee).filter(caller -> isCall(caller, callee)).ifPresent(caller -> {
                // Another kind's status tells of its whole operation, of which the call was only a part.
                boolean error = callee.error() || (isCalling(caller.kind()) && caller.error());
                calls.add(new Call(
                        caller.service(), callee.service(), callee.startNanos(), callee.durationNanos(), error));
            });
        }
        return calls;
    }

    private static boolean isCall(SpanFacts caller, SpanFacts callee) {
        return !caller.service().equals(callee.service()) || answered(callee.kind()) == caller.kind();
    }

    private static boolean isCalling(SpanKind kind) {
        return kind == SpanKind.CLIENT || kind == SpanKind.PRODUCER;
    }

    /** The kind that this kind answers; null if it answers none. */
    private static SpanKind answered(SpanKind kind) {
        return switch (kind) {
            case SERVER -> SpanKind.CLIENT;
            case CONSUMER -> SpanKind.PRODUCER;
            case UNSPECIFIED, INTERNAL, CLIENT, PRODUCER -> null;
        };
    }

    /** The span that caused this one: the other half of its own id, else its parent; empty if neither is there. */
    public Optional<SpanFacts> causeOf(SpanFacts span) {
        SpanKind half = answered(span.kind());
        if (half != null) {
            for (SpanFacts other : byId.get(span.spanId())) {
                if (other.kind() == half) {
                    return Optional.of(other);
                }
            }
        }
        if (span.parentId() == 0 || span.parentId() == span.spanId()) {
            return Optional.empty();
        }
        return byId.getOrDefault(span.parentId(), List.of()).stream().min((one, other) -> preference(span, one, other));
    }

    /** Of two halves of a parent, the one in the span's own service, else the one that answered, else the first. */
    private static int preference(SpanFacts child, SpanFacts one, SpanFacts other) {
        int local = Boolean.compare(
                other.service().equals(child.service()), one.service().equals(child.service()));
        if (local != 0) {
            return local;
        }
        int answering = Boolean.compare(answered(other.kind()) != null, answered(one.kind()) != null);
        return answering != 0 ? answering : one.kind().compareTo(other.kind());
    }
}
