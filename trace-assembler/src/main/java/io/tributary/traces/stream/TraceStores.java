package io.tributary.traces.stream;

import io.tributary.schemas.topic.Topics;
import io.tributary.traces.assembly.TraceKey;
import io.tributary.traces.assembly.TraceState;
import io.tributary.traces.assembly.TraceStateCodec;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of one partition's traces. Spans stand one by one, so a trace that grows costs no more per span: each as
 * its facts, which stay when the span has left, with its bytes behind them as long as it has not. One entry and not
 * two, since every entry is also a record of the changelog. Alarms are an index by time, so that what is due is found
 * without a look at the rest.
 */
final class TraceStores {
    private static final String SPANS = "known-spans";
    private static final String TRACES = "traces";
    private static final String ALARMS = "alarms";
    private static final Bytes TOTALS = Bytes.wrap(new byte[] {0});
    private static final byte[] PRESENT = {1};
    private static final int BATCH = 1000;

    private final KeyValueStore<Bytes, byte[]> spans;
    private final KeyValueStore<Bytes, byte[]> traces;
    private final KeyValueStore<Bytes, byte[]> alarms;
    private long openTraces;
    private long pendingBytes;
    /** No alarm is before this time. */
    private long nextAlarm;

    TraceStores(ProcessorContext<?, ?> context) {
        spans = context.getStateStore(SPANS);
        traces = context.getStateStore(TRACES);
        alarms = context.getStateStore(ALARMS);
        byte[] totals = traces.get(TOTALS);
        if (totals != null) {
            ByteBuffer buffer = ByteBuffer.wrap(totals);
            openTraces = buffer.getLong();
            pendingBytes = buffer.getLong();
        }
    }

    /** The stores, for the topology. */
    static Set<StoreBuilder<?>> builders() {
        // The state of a trace changes with each of its spans: the cache spares the changelog all but the last.
        return Set.of(store(SPANS), store(TRACES).withCachingEnabled(), store(ALARMS));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        // A changelog must take what the source topic takes.
        Map<String, String> changelog =
                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_MESSAGE_BYTES + (64 << 10)));
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(changelog);
    }

    /** How many traces have spans that were not emitted. */
    long openTraces() {
        return openTraces;
    }

    /** The size of all spans that were not emitted. */
    long pendingBytes() {
        return pendingBytes;
    }

    /** The trace's state; {@link TraceState#NEW} if nothing is known of it. */
    TraceState state(TraceKey key) {
        byte[] bytes = traces.get(Bytes.wrap(key.bytes()));
        return bytes == null ? TraceState.NEW : TraceStateCodec.decode(bytes);
    }

    /** Whether the span is there or was emitted. */
    boolean isKnown(TraceKey key, SpanFacts span) {
        return spans.get(Bytes.wrap(key.span(span))) != null;
    }

    /** Keeps a new span. */
    void add(TraceKey key, SpanFacts span, byte[] encoded) {
        spans.put(Bytes.wrap(key.span(span)), KeptSpan.encode(span, encoded));
    }

    /** Every span that is there or was emitted. */
    List<KeptSpan> known(TraceKey key) {
        List<KeptSpan> all = new ArrayList<>();
        try (var found = spans.range(Bytes.wrap(key.first()), Bytes.wrap(key.last()))) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> next = found.next();
                all.add(KeptSpan.decode(next.key.get(), next.value));
            }
        }
        return all;
    }

    /** Removes a span, but not its facts, and returns it encoded. */
    byte[] take(TraceKey key, SpanFacts span) {
        Bytes spanKey = Bytes.wrap(key.span(span));
        byte[] kept = spans.get(spanKey);
        spans.put(spanKey, KeptSpan.emitted(span));
        return KeptSpan.span(kept);
    }

    /** Removes these spans and their facts. */
    void remove(TraceKey key, List<SpanFacts> all) {
        all.forEach(span -> spans.delete(Bytes.wrap(key.span(span))));
    }

    /**
     * Replaces the trace's state, and sees to it that its alarm goes off in time. An alarm that goes off too early is
     * left where it is, since moving it at every span would cost more than looking twice.
     */
    void save(TraceKey key, TraceState before, TraceState after, long dueAt) {
        TraceState saved = after;
        if (dueAt < after.alarm()) {
            if (after.alarm() != Long.MAX_VALUE) {
                alarms.delete(alarm(after.alarm(), key));
            }
            alarms.put(alarm(dueAt, key), PRESENT);
            nextAlarm = Math.min(nextAlarm, dueAt);
            saved = after.alarmAt(dueAt);
        }
        traces.put(Bytes.wrap(key.bytes()), TraceStateCodec.encode(saved));
        total(before, saved);
    }

    /** Removes the trace's state; its alarm has gone off. */
    void forget(TraceKey key) {
        traces.delete(Bytes.wrap(key.bytes()));
    }

    /** Some of the traces whose alarm goes off by this time, the earliest first; the alarms are removed. */
    List<TraceKey> due(long now) {
        if (now < nextAlarm) {
            return List.of();
        }
        List<Bytes> due = new ArrayList<>();
        // From the earliest alarm and not from zero: before it lie only the tombstones of earlier ones.
        try (var found = alarms.range(time(nextAlarm), null)) {
            nextAlarm = Long.MAX_VALUE;
            while (found.hasNext()) {
                Bytes alarm = found.peekNextKey();
                long time = ByteBuffer.wrap(alarm.get()).getLong();
                if (time > now || due.size() == BATCH) {
                    nextAlarm = time;
                    break;
                }
                due.add(alarm);
                found.next();
            }
        }
        due.forEach(alarms::delete);
        return due.stream().map(TraceStores::traceOf).toList();
    }

    private void total(TraceState before, TraceState after) {
        if (before.isOpen() == after.isOpen() && before.pendingBytes() == after.pendingBytes()) {
            return;
        }
        openTraces += (after.isOpen() ? 1 : 0) - (before.isOpen() ? 1 : 0);
        pendingBytes += after.pendingBytes() - before.pendingBytes();
        traces.put(
                TOTALS,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(openTraces)
                        .putLong(pendingBytes)
                        .array());
    }

    private static Bytes alarm(long time, TraceKey key) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + key.bytes().length)
                .putLong(time)
                .put(key.bytes())
                .array());
    }

    private static Bytes time(long time) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(time).array());
    }

    private static TraceKey traceOf(Bytes alarm) {
        byte[] bytes = alarm.get();
        return new TraceKey(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    }
}
