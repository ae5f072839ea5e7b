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
import io.tributary.traces.assembly.HeldTrace;
import io.tributary.traces.assembly.KeptSpan;
import io.tributary.traces.assembly.PartLimits;
import io.tributary.traces.assembly.Revision;
import io.tributary.traces.assembly.SpanRules;
import io.tributary.traces.assembly.TraceKey;
import io.tributary.traces.assembly.TraceMemory;
import io.tributary.traces.assembly.TraceState;
import io.tributary.traces.edge.EdgeChanges;
import io.tributary.traces.edge.EdgeSums;
import io.tributary.traces.skew.CorrectedClocks;
import io.tributary.traces.stream.Alarms.Alarm;
import io.tributary.traces.tree.SharedNames;
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
 * <p>Spans are kept as they would stand in a trace record, which is as they came, and leave in the same bytes: each is
 * looked at once ({@link SpanGlance}), to be judged, and encoded never. What changed is stored, and changes of edges
 * are emitted, before each commit and not at each span. All that is due by a record's time is done before the record is
 * added; what a partition emits so depends on its records alone, at whatever speed they are read.
 */
final class TraceAssembly implements SourceStep<TraceId, Span, Object, Object> {
    /** Some hundredths of a second of work: many records may be read in one go. */
    private static final int MOST_AT_A_RECORD = 200;
    /** Some tenths of a second of work. */
    private static final int MOST_AT_A_TICK = 2000;

    private static final Duration TICK = Duration.ofMillis(250);
    /** So many sums of edges are emitted without waiting for the commit. */
    private static final int MAX_EDGE_CHANGES = 10_000;

    private final Topics topics;
    private final TraceSettings settings;
    private final MeterRegistry registry;
    private final ArrivalClock clock;
    private final int maxSpanBytes;
    private final TraceMemory memory;
    private final SharedNames names = new SharedNames();
    private ProcessorContext<Object, Object> context;
    private EdgeChanges edgeChanges;
    private TraceStores stores;
    private TraceMeters meters;

    /** A partition's assembly, in a process of which all partitions hold traces in this memory. */
    TraceAssembly(Topics topics, TraceSettings settings, TraceMemory memory, MeterRegistry registry) {
        this.topics = topics;
        this.memory = memory;
        this.settings = settings;
        this.registry = registry;
        this.clock = new ArrivalClock(settings.closing().partitionIdle());
        this.maxSpanBytes = topics.traces().settings().maxMessageBytes() - PartLimits.MARGIN_BYTES;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        edgeChanges = new EdgeChanges(settings.edges());
        stores = new TraceStores(context, memory);
        meters = new TraceMeters(registry, context.taskId().partition());
        // Wall clock, because stream time stands still when no span comes any more, and the last traces would stay for
        // ever. It decides when a trace is emitted, and never what is in it.
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public Outcome process(Record<TraceId, Span> record) {
        throw new UnsupportedOperationException("span: without its bytes (expected: with them, for they are kept)");
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
        attendToDue(now, MOST_AT_A_RECORD);
        SpanFacts facts = SpanFacts.of(span, encoded.length, names);
        TraceKey key = TraceKey.of(span);
        HeldTrace trace = stores.trace(key);
        if (trace.state().alarm() <= now) {
            // Its alarm is among those that are left for later.
            attendTo(trace, now);
            trace = stores.trace(key);
        }
        if (trace.knows(facts)) {
            stores.leave(trace);
            return Outcome.DUPLICATE;
        }
        trace.add(facts, encoded);
        TraceState state = trace.state().arrived(now, facts.bytes(), facts.parentId() == 0);
        if (settings.limits().isFull(state)) {
            state = close(trace, state, true);
        }
        stores.keep(trace, state, settings.closing().dueAt(state));
        stores.lighten();
        return Outcome.FORWARDED;
    }

    @Override
    public void beforeCommit() {
        emitEdgeChanges();
        stores.save();
    }

    private void tick(long wallMillis) {
        clock.atRecord(context.currentStreamTimeMs(), wallMillis);
        attendToDue(clock.atTick(wallMillis), MOST_AT_A_TICK);
        meters.open(stores.openTraces(), stores.pendingBytes());
    }

    /**
     * Attends to traces whose alarms are due; to so many at most, for after a long pause all of a day may be due, and a
     * transaction must not grow old. What is left, the next record or tick attends to.
     */
    private void attendToDue(long now, int most) {
        stores.restore();
        int attended = 0;
        for (List<Alarm> due = stores.due(now); !due.isEmpty(); due = stores.due(now)) {
            due.forEach(alarm -> attendTo(alarm, now));
            stores.lighten();
            attended += due.size();
            if (attended >= most) {
                return;
            }
        }
    }

    private void attendTo(Alarm alarm, long now) {
        HeldTrace trace = stores.trace(alarm.key());
        if (trace.state().alarm() != alarm.time()) {
            stores.leave(trace);
            return;
        }
        attendTo(trace, now);
    }

    /** Does what is due of the trace, whose alarm goes off. */
    private void attendTo(HeldTrace trace, long now) {
        TraceState state = trace.state().alarmAt(Long.MAX_VALUE);
        long dueAt = settings.closing().dueAt(state);
        while (dueAt <= now) {
            switch (settings.closing().due(state)) {
                case CLOSE_IF_COMPLETE -> state = closeIfComplete(trace, state);
                case CLOSE -> state = close(trace, state, false);
                case CLOSE_TOO_LONG_OPEN -> state = close(trace, state, true);
                case RETIRE -> state = retire(trace, state);
                case FORGET -> {
                    stores.forget(trace);
                    return;
                }
            }
            dueAt = settings.closing().dueAt(state);
        }
        stores.keep(trace, state, dueAt);
    }

    private TraceState closeIfComplete(HeldTrace trace, TraceState state) {
        boolean complete = new SpanTree(facts(trace)).completeness() == Completeness.COMPLETE;
        return complete ? close(trace, state, false) : state.foundIncomplete();
    }

    private TraceState close(HeldTrace trace, TraceState state, boolean tooLong) {
        List<SpanFacts> pending = trace.spans().stream()
                .filter(KeptSpan::isPending)
                .map(KeptSpan::facts)
                .toList();
        Revision revision = Revision.of(state, facts(trace), pending, settings.clockCap(), tooLong);
        emitParts(trace, state, revision);
        String tenant = trace.key().tenant();
        long refused = edgeChanges.add(tenant, state.lastArrival(), revision.callsNow(), revision.callsBefore());
        meters.callsRefused(refused);
        meters.revision(state.revision());
        if (edgeChanges.size() > MAX_EDGE_CHANGES) {
            emitEdgeChanges();
        }
        TraceState emitted = state.emitted();
        if (emitted.knownSpans() < settings.limits().knownSpans()) {
            return emitted;
        }
        trace.retire();
        return emitted.retired(revision.whole());
    }

    private static TraceState retire(HeldTrace trace, TraceState state) {
        TraceState retired = state.retired(Revision.of(state, facts(trace), List.of(), Duration.ZERO, false)
                .whole());
        trace.retire();
        return retired;
    }

    private static List<SpanFacts> facts(HeldTrace trace) {
        return trace.spans().stream().map(KeptSpan::facts).toList();
    }

    private void emitParts(HeldTrace trace, TraceState state, Revision revision) {
        List<List<SpanFacts>> parts = settings.limits().split(revision.spans());
        TraceId traceId = trace.key().traceId();
        for (int part = 0; part < parts.size(); part++) {
            List<Span> spans = new ArrayList<>(parts.get(part).size());
            for (SpanFacts facts : parts.get(part)) {
                spans.add(emitted(stores.take(trace, facts)));
            }
            Trace emitted = Trace.newBuilder()
                    .setTenant(trace.key().tenant())
                    .setTraceId(traceId)
                    .setRevision(state.revision())
                    .setPart(part)
                    .setParts(parts.size())
                    .setSummary(revision.summary())
                    .setCorrected(revision.clocks().map(CorrectedClocks::times).orElse(null))
                    .setSpans(spans)
                    .build();
            context.forward(new Record<>(traceId, emitted, state.lastArrival()), TraceTopology.TRACES);
        }
    }

    /** A stored span as part of a trace; decoded only if it was written with another schema than the trace's. */
    private Span emitted(byte[] stored) {
        return topics.spans().isCurrent(stored)
                ? new EncodedSpan(stored)
                : topics.spans().decodeValue(stored);
    }

    private void emitEdgeChanges() {
        for (ServiceEdge change : edgeChanges.take()) {
            context.forward(
                    new Record<>(EdgeSums.key(change), change, edgeChanges.newestArrival()),
                    TraceTopology.EDGE_CHANGES);
        }
    }

    @Override
    public void close() {
        meters.close();
        stores.close();
    }
}
