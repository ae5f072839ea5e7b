package io.tributary.traces.stream;

import io.tributary.schemas.topic.Topics;
import io.tributary.traces.assembly.HeldTrace;
import io.tributary.traces.assembly.JournalEntry;
import io.tributary.traces.assembly.SpanPages;
import io.tributary.traces.assembly.TraceChunk;
import io.tributary.traces.assembly.TraceKey;
import io.tributary.traces.assembly.TraceMemory;
import io.tributary.traces.assembly.TraceState;
import io.tributary.traces.stream.Alarms.Alarm;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * stored before each commit, since every entry of a store is a record of its changelog as well: what came to traces
 * that wait in a journal of all of them, everything else trace by trace. Between two commits nothing but memory is
 * written, unless there is too little of it.
 */
final class TraceStores {
    private static final String CHUNKS = "trace-chunks";
    private static final String ALARMS = "trace-alarms";
    static final String JOURNAL = "trace-journal";
    private static final Bytes TOTALS = Bytes.wrap(new byte[] {0});

    /** What the journal of a partition has at most: traces that wait for longer than it reaches are saved. */
    private static final long JOURNAL_BYTES = 64L << 20;

    private final KeyValueStore<Bytes, byte[]> chunks;
    private final Alarms alarms;
    private final TraceJournal journal;
    private final TraceChunk.Writer writer = new TraceChunk.Writer();
    private final TraceMemory memory;
    private final SpanPages pages;
    /** Those that changed in no commit for longest come first. */
    private final LinkedHashMap<TraceKey, HeldTrace> held = new LinkedHashMap<>(1 << 10);

    /** Those that changed since the last commit, and some that were saved since. */
    private final List<HeldTrace> unsaved = new ArrayList<>();

    private boolean restored;
    private boolean changed;
    private long openTraces;
    private long pendingBytes;
    private long alarmEntries;

    /** The partition's traces, in a process that holds traces in this memory. */
    TraceStores(ProcessorContext<?, ?> context, TraceMemory memory) {
        this(context, memory, JOURNAL_BYTES);
    }

    TraceStores(ProcessorContext<?, ?> context, TraceMemory memory, long journalBytes) {
        this.chunks = context.getStateStore(CHUNKS);
        this.alarms = new Alarms(context.getStateStore(ALARMS));
        this.journal = new TraceJournal(context.getStateStore(JOURNAL), journalBytes);
        this.memory = memory;
        this.pages = new SpanPages(memory);
    }

    /**
     * Takes up what is stored, before anything else is asked, and once: not at the start of the task, since traces are
     * saved if they are too much for the memory, which a task may do only while it works.
     */
    void restore() {
        if (restored) {
            return;
        }
        restored = true;
        byte[] totals = chunks.get(TOTALS);
        if (totals == null) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(totals);
        openTraces = buffer.getLong();
        pendingBytes = buffer.getLong();
        alarmEntries = buffer.getLong();
        // There was no journal in earlier versions.
        journal.read(buffer.hasRemaining() ? buffer.getLong() : 0, this::restore, this::lighten);
    }

    private void restore(TraceKey key, TraceChunk news, JournalEntry entry) {
        HeldTrace trace = trace(key);
        trace.restore(news, entry);
        if (trace.isJournaled()) {
            account(trace);
        } else {
            letGo(trace);
        }
    }

    /** The stores, for the topology. */
    static Set<StoreBuilder<?>> builders() {
        return Set.of(store(CHUNKS), store(ALARMS), store(JOURNAL));
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
     * The trace, in {@link TraceState#NEW} if nothing is known of it. Every change of it must be told to {@link #keep},
     * and that there was none to {@link #leave}.
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
        HeldTrace trace = new HeldTrace(key, pages);
        Bytes first = Bytes.wrap(key.chunk(0));
        // Most traces that are not held are new, and asking for one key is cheaper than for a range.
        if (chunks.get(first) != null) {
            try (KeyValueIterator<Bytes, byte[]> found =
                    chunks.range(first, Bytes.wrap(key.chunk(Integer.MAX_VALUE)))) {
                while (found.hasNext()) {
                    trace.restore(TraceChunk.decode(ByteBuffer.wrap(found.next().value)));
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
        if (!trace.isChanged()) {
            unsaved.add(trace);
            held.putLast(trace.key(), trace);
        }
        trace.change(kept);
        openTraces += (kept.isOpen() ? 1 : 0) - (before.isOpen() ? 1 : 0);
        pendingBytes += kept.pendingBytes() - before.pendingBytes();
        changed = true;
        account(trace);
    }

    /** Lets go of a trace that was only looked at, unless it is held anyway: most of those are closed. */
    void leave(HeldTrace trace) {
        if (!trace.isChanged() && !trace.isJournaled() && !trace.state().isOpen()) {
            letGo(trace);
        }
    }

    /** Removes all that is known of the trace, which may have been open till now; its alarm has gone off. */
    void forget(HeldTrace trace) {
        openTraces -= trace.state().isOpen() ? 1 : 0;
        pendingBytes -= trace.state().pendingBytes();
        long journaledUntil = trace.delete(new Chunks(trace.key()));
        changed = true;
        letGo(trace);
        // What the journal has of it must not come back without what says that it is out of date.
        journal.removeBefore(journaledUntil, this::save);
    }

    private void letGo(HeldTrace trace) {
        if (held.remove(trace.key()) != null) {
            giveUp(trace);
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
        if (!changed) {
            return;
        }
        changed = false;
        for (HeldTrace trace : unsaved) {
            if (!trace.isChanged()) {
                continue;
            }
            if (trace.mayBeJournaled()) {
                journal.add(trace);
            } else {
                trace.save(new Chunks(trace.key()));
                if (trace.state().isOpen()) {
                    account(trace);
                } else {
                    letGo(trace);
                }
            }
        }
        unsaved.clear();
        journal.save();
        journal.shorten(this::save);
        alarmEntries = alarms.save(alarmEntries);
        chunks.put(
                TOTALS,
                ByteBuffer.allocate(4 * Long.BYTES)
                        .putLong(openTraces)
                        .putLong(pendingBytes)
                        .putLong(alarmEntries)
                        .putLong(journal.end())
                        .array());
    }

    private void save(TraceKey key) {
        HeldTrace trace = held.get(key);
        if (trace != null) {
            save(trace);
        }
    }

    private void save(HeldTrace trace) {
        if (trace.isChanged() || trace.isJournaled()) {
            trace.save(new Chunks(trace.key()));
            account(trace);
        }
    }

    /**
     * If the process holds too much, leaves the bytes of spans in the stores, where they are read when their trace is
     * closed; and if that is not enough, lets go of whole traces.
     */
    void lighten() {
        if (!memory.isShort()) {
            return;
        }
        // Until there is some room, so that not every further span makes it necessary again.
        for (HeldTrace trace : held.values()) {
            if (memory.hasRoom()) {
                return;
            }
            save(trace);
            trace.dropBytes();
        }
        Iterator<HeldTrace> eldest = held.values().iterator();
        while (!memory.hasRoom() && eldest.hasNext()) {
            giveUp(eldest.next());
            eldest.remove();
        }
    }

    /** Lets go of everything. */
    void close() {
        held.values().forEach(this::giveUp);
        held.clear();
        pages.close();
    }

    private void giveUp(HeldTrace trace) {
        trace.dropBytes();
        memory.use(-trace.accountedBytes());
    }

    private void account(HeldTrace trace) {
        memory.use(trace.account());
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
            // To delete it would be to read it first.
            chunks.put(Bytes.wrap(key.chunk(number)), null);
        }

        @Override
        public byte[] get(int number) {
            return chunks.get(Bytes.wrap(key.chunk(number)));
        }

        @Override
        public TraceChunk.Writer writer() {
            return writer;
        }

        @Override
        public long journalEnd() {
            return journal.end();
        }
    }
}
