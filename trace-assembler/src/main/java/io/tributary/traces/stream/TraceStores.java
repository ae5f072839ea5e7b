package io.tributary.traces.stream;

import io.tributary.schemas.topic.Topics;
import io.tributary.traces.assembly.HeldTrace;
import io.tributary.traces.assembly.TraceChunk;
import io.tributary.traces.assembly.TraceKey;
import io.tributary.traces.assembly.TraceState;
import io.tributary.traces.stream.Alarms.Alarm;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The traces of one partition: those that were looked at lately in memory, all of them in stores. What changes is
 * stored before each commit, since every entry of a store is a record of its changelog as well; between two commits
 * nothing but memory is written.
 */
final class TraceStores {
    private static final String CHUNKS = "trace-chunks";
    private static final String ALARMS = "trace-alarms";
    private static final Bytes TOTALS = Bytes.wrap(new byte[] {0});

    private final KeyValueStore<Bytes, byte[]> chunks;
    private final Alarms alarms;
    private final long maxHeldBytes;
    /** What all partitions of the process hold. */
    private final AtomicLong heldBytes;
    /** Those that were not looked at for longest come first. */
    private final Map<TraceKey, HeldTrace> held = new LinkedHashMap<>(1 << 10, 0.75f, true);

    private final Map<TraceKey, HeldTrace> unsaved = new LinkedHashMap<>();
    private long openTraces;
    private long pendingBytes;
    private long alarmEntries;

    TraceStores(ProcessorContext<?, ?> context, long maxHeldBytes, AtomicLong heldBytes) {
        this.chunks = context.getStateStore(CHUNKS);
        this.alarms = new Alarms(context.getStateStore(ALARMS));
        this.maxHeldBytes = maxHeldBytes;
        this.heldBytes = heldBytes;
        byte[] totals = chunks.get(TOTALS);
        if (totals != null) {
            ByteBuffer buffer = ByteBuffer.wrap(totals);
            openTraces = buffer.getLong();
            pendingBytes = buffer.getLong();
            alarmEntries = buffer.getLong();
        }
    }

    /** The stores, for the topology. */
    static Set<StoreBuilder<?>> builders() {
        return Set.of(store(CHUNKS), store(ALARMS));
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

    /**
     * The trace, in {@link TraceState#NEW} if nothing is known of it. Every change of it must be told to {@link #keep}.
     */
    HeldTrace trace(TraceKey key) {
        HeldTrace known = held.get(key);
        if (known != null) {
            return known;
        }
        HeldTrace trace = load(key);
        held.put(key, trace);
        account(trace);
        return trace;
    }

    private HeldTrace load(TraceKey key) {
        HeldTrace trace = new HeldTrace(key);
        Bytes first = Bytes.wrap(key.chunk(0));
        // Most traces that are not held are new, and asking for one key is cheaper than for a range.
        if (chunks.get(first) != null) {
            try (KeyValueIterator<Bytes, byte[]> found =
                    chunks.range(first, Bytes.wrap(key.chunk(Integer.MAX_VALUE)))) {
                while (found.hasNext()) {
                    trace.restore(TraceChunk.decode(found.next().value));
                }
            }
        }
        return trace;
    }

    /** The bytes of a span of the trace that waits; the trace keeps its facts alone. */
    byte[] take(HeldTrace trace, SpanFacts span) {
        return trace.take(span, new Chunks(trace.key()));
    }

    /**
     * Replaces the trace's state, and sees to it that its alarm goes off in time. An alarm that goes off too early is
     * left where it is, since moving it at every span would cost more than looking twice.
     */
    void keep(HeldTrace trace, TraceState after, long dueAt) {
        TraceState before = trace.state();
        TraceState kept = after;
        if (dueAt < after.alarm()) {
            alarms.set(dueAt, trace.key());
            kept = after.alarmAt(dueAt);
        }
        trace.state(kept);
        openTraces += (kept.isOpen() ? 1 : 0) - (before.isOpen() ? 1 : 0);
        pendingBytes += kept.pendingBytes() - before.pendingBytes();
        unsaved.put(trace.key(), trace);
        account(trace);
    }

    /** Removes all that is known of the trace; its alarm has gone off. */
    void forget(HeldTrace trace) {
        trace.delete(new Chunks(trace.key()));
        unsaved.remove(trace.key());
        letGo(trace);
    }

    private void letGo(HeldTrace trace) {
        if (held.remove(trace.key()) != null) {
            heldBytes.addAndGet(-trace.accountedBytes());
        }
    }

    /** Some of the alarms that go off by this time, the earliest first; they may not count any more. */
    List<Alarm> due(long now) {
        return alarms.due(now);
    }

    /**
     * Stores all that changed, and lets go of traces that wait for nothing: for most of them, no span comes any more.
     */
    void save() {
        if (unsaved.isEmpty()) {
            return;
        }
        for (HeldTrace trace : unsaved.values()) {
            trace.save(new Chunks(trace.key()));
            if (trace.state().isOpen()) {
                account(trace);
            } else {
                letGo(trace);
            }
        }
        unsaved.clear();
        alarmEntries = alarms.save(alarmEntries);
        chunks.put(
                TOTALS,
                ByteBuffer.allocate(3 * Long.BYTES)
                        .putLong(openTraces)
                        .putLong(pendingBytes)
                        .putLong(alarmEntries)
                        .array());
    }

    /**
     * If the process holds too much, leaves the bytes of spans in the stores, where they are read when their trace is
     * closed; and if that is not enough, lets go of whole traces.
     */
    void lighten() {
        if (heldBytes.get() <= maxHeldBytes) {
            return;
        }
        save();
        // Somewhat below the limit, so that not every further span makes it necessary again.
        long enough = maxHeldBytes / 8 * 7;
        for (HeldTrace trace : held.values()) {
            if (heldBytes.get() <= enough) {
                return;
            }
            trace.leaveBytes();
            account(trace);
        }
        Iterator<HeldTrace> eldest = held.values().iterator();
        while (heldBytes.get() > enough && eldest.hasNext()) {
            heldBytes.addAndGet(-eldest.next().accountedBytes());
            eldest.remove();
        }
    }

    /** Lets go of everything. */
    void close() {
        held.values().forEach(trace -> heldBytes.addAndGet(-trace.accountedBytes()));
        held.clear();
    }

    private void account(HeldTrace trace) {
        heldBytes.addAndGet(trace.account());
    }

    /** The stored chunks of one trace. */
    private final class Chunks implements HeldTrace.Chunks {
        private final TraceKey key;

        Chunks(TraceKey key) {
            this.key = key;
        }

        @Override
        public void put(int number, byte[] chunk) {
            chunks.put(Bytes.wrap(key.chunk(number)), chunk);
        }

        @Override
        public void delete(int number) {
            chunks.delete(Bytes.wrap(key.chunk(number)));
        }

        @Override
        public byte[] get(int number) {
            return chunks.get(Bytes.wrap(key.chunk(number)));
        }
    }
}
