package io.tributary.traces.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.runtime.stream.SourceStep;
import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.topic.Topics;
import io.tributary.traces.assembly.ArrivalClock;
import io.tributary.traces.assembly.PartLimits;
import io.tributary.traces.assembly.Revision;
import io.tributary.traces.assembly.SpanRules;
import io.tributary.traces.assembly.TraceKey;
import io.tributary.traces.assembly.TraceState;
import io.tributary.traces.edge.EdgeChanges;
import io.tributary.traces.edge.EdgeSums;
import io.tributary.traces.tree.SpanFacts;
import io.tributary.traces.tree.SpanTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Collects the spans of each trace and emits the trace when it closes.
 *
 * <p>Spans are stored as they would stand in a trace record, which is as they came, and leave in the same bytes: each
 * is decoded once, to be judged, and encoded never. All that is due by a record's time is done before the record is
 * added; what a partition emits so depends on its records alone, at whatever speed they are read.
 */
final class TraceAssembly implements SourceStep<TraceId, Span, Object, Object> {
    private static final Duration TICK = Duration.ofMillis(250);

    private final Topics topics;
    private final TraceSettings settings;
    private final MeterRegistry registry;
    private final ArrivalClock clock;
    private final int maxSpanBytes;
    private ProcessorContext<Object, Object> context;
    private TraceStores stores;
    private TraceMeters meters;

    TraceAssembly(Topics topics, TraceSettings settings, MeterRegistry registry) {
        this.topics = topics;
        this.settings = settings;
        this.registry = registry;
        this.clock = new ArrivalClock(settings.closing().partitionIdle());
        this.maxSpanBytes = topics.traces().settings().maxMessageBytes() - PartLimits.MARGIN_BYTES;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        stores = new TraceStores(context);
        meters = new TraceMeters(registry, context.taskId().partition());
        // Wall clock, because stream time stands still when no span comes any more, and the last traces would stay for
        // ever. It decides when a trace is emitted, and never what is in it.
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public Outcome process(Record<TraceId, Span> record) {
        return process(record, topics.spans().encodeValue(record.value()));
    }

    @Override
    public Outcome process(Record<TraceId, Span> record, byte[] payload) {
        Span span = record.value();
        SpanRules.check(record.key(), span);
        byte[] encoded =
                topics.spans().isCurrent(payload) ? payload : topics.spans().encodeValue(span);
        if (encoded.length > maxSpanBytes) {
            throw new RejectedException(
                    Reason.TOO_LARGE, "span: " + encoded.length + " bytes (expected: at most " + maxSpanBytes + ")");
        }
        long now = clock.atRecord(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        attendToAllDue(now);
        TraceKey key = TraceKey.of(span);
        SpanFacts facts = SpanFacts.of(span, encoded.length);
        TraceState before = stores.state(key);
        if (before.knownSpans() > 0 && stores.isKnown(key, facts)) {
            return Outcome.DUPLICATE;
        }
        stores.add(key, facts, encoded);
        TraceState after = before.arrived(now, facts.bytes(), facts.parentId() == 0);
        if (settings.limits().isFull(after)) {
            after = close(key, after, true);
        }
        stores.save(key, before, after, settings.closing().dueAt(after));
        return Outcome.FORWARDED;
    }

    private void tick(long wallMillis) {
        clock.atRecord(context.currentStreamTimeMs(), wallMillis);
        attendToAllDue(clock.atTick(wallMillis));
        meters.open(stores.openTraces(), stores.pendingBytes());
    }

    private void attendToAllDue(long now) {
        for (List<TraceKey> due = stores.due(now); !due.isEmpty(); due = stores.due(now)) {
            due.forEach(key -> attendTo(key, now));
        }
    }

    private void attendTo(TraceKey key, long now) {
        TraceState before = stores.state(key);
        TraceState state = before.alarmAt(Long.MAX_VALUE);
        long dueAt = settings.closing().dueAt(state);
        while (dueAt <= now) {
            switch (settings.closing().due(state)) {
                case CLOSE_IF_COMPLETE -> state = closeIfComplete(key, state);
                case CLOSE -> state = close(key, state, false);
                case CLOSE_TOO_LONG_OPEN -> state = close(key, state, true);
                case RETIRE -> state = retire(key, state);
                case FORGET -> {
                    stores.forget(key);
                    return;
                }
            }
            dueAt = settings.closing().dueAt(state);
        }
        stores.save(key, before, state, dueAt);
    }

    private TraceState closeIfComplete(TraceKey key, TraceState state) {
        List<KeptSpan> known = stores.known(key);
        boolean complete = new SpanTree(facts(known)).completeness() == Completeness.COMPLETE;
        return complete ? close(key, state, false, known) : state.foundIncomplete();
    }

    private TraceState close(TraceKey key, TraceState state, boolean tooLong) {
        return close(key, state, tooLong, stores.known(key));
    }

    private TraceState close(TraceKey key, TraceState state, boolean tooLong, List<KeptSpan> known) {
        List<SpanFacts> all = facts(known);
        List<SpanFacts> pending =
                known.stream().filter(KeptSpan::pending).map(KeptSpan::facts).toList();
        Revision revision = Revision.of(state, all, pending, tooLong);
        emitParts(key, state, revision);
        emitEdgeChanges(key, state, revision);
        meters.revision(state.revision());
        TraceState emitted = state.emitted();
        if (emitted.knownSpans() < settings.limits().knownSpans()) {
            return emitted;
        }
        stores.remove(key, all);
        return emitted.retired(revision.whole());
    }

    private TraceState retire(TraceKey key, TraceState state) {
        List<SpanFacts> all = facts(stores.known(key));
        stores.remove(key, all);
        return state.retired(Revision.of(state, all, List.of(), false).whole());
    }

    private static List<SpanFacts> facts(List<KeptSpan> known) {
        return known.stream().map(KeptSpan::facts).toList();
    }

    private void emitParts(TraceKey key, TraceState state, Revision revision) {
        List<List<SpanFacts>> parts = settings.limits().split(revision.spans());
        TraceId traceId = key.traceId();
        for (int part = 0; part < parts.size(); part++) {
            List<Span> spans = new ArrayList<>(parts.get(part).size());
            for (SpanFacts facts : parts.get(part)) {
                spans.add(emitted(stores.take(key, facts)));
            }
            Trace trace = Trace.newBuilder()
                    .setTenant(key.tenant())
                    .setTraceId(traceId)
                    .setRevision(state.revision())
                    .setPart(part)
                    .setParts(parts.size())
                    .setSummary(revision.summary())
                    .setSpans(spans)
                    .build();
            context.forward(new Record<>(traceId, trace, state.lastArrival()), TraceTopology.TRACES);
        }
    }

    /** A stored span as part of a trace; decoded only if it was written with another schema than the trace's. */
    private Span emitted(byte[] stored) {
        return topics.spans().isCurrent(stored)
                ? new EncodedSpan(stored)
                : topics.spans().decodeValue(stored);
    }

    private void emitEdgeChanges(TraceKey key, TraceState state, Revision revision) {
        EdgeChanges changes = new EdgeChanges(key.tenant(), settings.edges(), state.lastArrival())
                .now(revision.callsNow())
                .before(revision.callsBefore());
        for (ServiceEdge change : changes.changed()) {
            context.forward(
                    new Record<>(EdgeSums.key(change), change, state.lastArrival()), TraceTopology.EDGE_CHANGES);
        }
        meters.callsRefused(changes.refused());
    }

    @Override
    public void close() {
        meters.close();
    }
}
