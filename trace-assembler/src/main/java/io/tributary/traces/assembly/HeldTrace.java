package io.tributary.traces.assembly;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace in memory, and how it gets into its chunks and out of them. What came since it was last saved makes a chunk
 * of its own; so a trace costs no more per span when it grows. Once spans were emitted, the chunks that had their bytes
 * are replaced by one that has their facts alone. A large trace leaves the bytes of its spans in their chunks.
 */
public final class HeldTrace {
    /** Where a trace's chunks are kept. */
    public interface Chunks {
        /** Stores a chunk under this number. */
        void put(int number, byte[] chunk);

        /** Removes the chunk of this number. */
        void delete(int number);

        /** The chunk of this number. */
        byte[] get(int number);
    }

    /** A trace with more bytes waiting than this does not hold them; nor is a chunk larger, unless a span is. */
    static final int LARGE_BYTES = 256 << 10;

    private static final byte[] NO_STATE = {};
    /** What a trace takes in memory beside its spans, and a span beside its payload, roughly. */
    private static final int OVERHEAD_BYTES = 400;

    private static final int FACTS_BYTES = 250;

    private record Id(long spanId, SpanKind kind) {
        static Id of(SpanFacts facts) {
            return new Id(facts.spanId(), facts.kind());
        }
    }

    private final TraceKey key;
    private final Map<Id, KeptSpan> spans = new LinkedHashMap<>();
    private final List<KeptSpan> unsaved = new ArrayList<>();
    private TraceState state = TraceState.NEW;
    private long payloadBytes;
    private long accountedBytes;
    private int chunks;
    /** Chunks before this one hold no span that waits. */
    private int settled;

    private boolean emitted;
    private Map<Id, KeptSpan> lastRead = Map.of();
    private int lastReadNumber = -1;

    /** A trace of which nothing is known. */
    public HeldTrace(TraceKey key) {
        this.key = key;
    }

    /** Adds the next of the trace's chunks, in their order, as they were stored. */
    public void restore(TraceChunk chunk) {
        int number = chunks++;
        chunk.state().ifPresent(newest -> state = newest);
        boolean waits = false;
        for (KeptSpan span : chunk.spans()) {
            span.savedIn(number);
            waits |= span.isPending();
            put(span);
        }
        if (!waits && settled == number) {
            settled = chunks;
        }
        lighten();
    }

    /** The trace's key. */
    public TraceKey key() {
        return key;
    }

    /** The trace's state. */
    public TraceState state() {
        return state;
    }

    /** Replaces the state. */
    public void state(TraceState changed) {
        state = changed;
    }

    /** How much more memory it takes than at the last call, in bytes: at first, all that it takes. */
    public long account() {
        long before = accountedBytes;
        accountedBytes = OVERHEAD_BYTES + (long) FACTS_BYTES * spans.size() + payloadBytes;
        return accountedBytes - before;
    }

    /** How much memory it took at the last {@link #account}, in bytes. */
    public long accountedBytes() {
        return accountedBytes;
    }

    /** Every span that waits or was emitted, and whose facts were not given up. */
    public Collection<KeptSpan> spans() {
        return spans.values();
    }

    /** Whether the span waits or was emitted. */
    public boolean knows(SpanFacts span) {
        return spans.containsKey(Id.of(span));
    }

    /** Adds a new span, which waits to be emitted in these bytes. */
    public void add(SpanFacts span, byte[] payload) {
        KeptSpan kept = new KeptSpan(span, payload);
        put(kept);
        unsaved.add(kept);
    }

    /** Emits a span that waits: gives its bytes, and keeps its facts alone. */
    public byte[] take(SpanFacts span, Chunks stored) {
        KeptSpan kept = spans.get(Id.of(span));
        byte[] payload = kept.payload() == null ? read(kept, stored) : kept.payload();
        payloadBytes -= kept.heldBytes();
        kept.emitted();
        emitted = true;
        return payload;
    }

    /** Gives up the facts of all spans. */
    public void retire() {
        spans.clear();
        unsaved.clear();
        payloadBytes = 0;
        settled = 0;
        emitted = true;
    }

    /** Removes all that is stored of the trace. */
    public void delete(Chunks stored) {
        for (int number = 0; number < chunks; number++) {
            stored.delete(number);
        }
        chunks = 0;
    }

    /** Leaves the bytes of spans in their chunks; all that changed must have been saved. */
    public void leaveBytes() {
        if (payloadBytes > 0) {
            spans.values().forEach(KeptSpan::dropPayload);
            payloadBytes = 0;
        }
    }

    /** Stores what changed since the trace was last saved. */
    public void save(Chunks stored) {
        lastRead = Map.of();
        lastReadNumber = -1;
        int before = chunks;
        if (emitted) {
            // Among what is left of these chunks may be spans that came since: they are stored with them.
            chunks = settled;
            write(
                    spans.values().stream()
                            .filter(span -> span.chunk() >= settled)
                            .toList(),
                    stored);
        } else {
            write(unsaved, stored);
        }
        for (int number = chunks; number < before; number++) {
            stored.delete(number);
        }
        if (!state.isOpen()) {
            settled = chunks;
        }
        unsaved.clear();
        emitted = false;
        lighten();
    }

    private void write(List<KeptSpan> written, Chunks stored) {
        TraceChunk.Writer writer = new TraceChunk.Writer();
        for (KeptSpan span : written) {
            if (!writer.isEmpty() && writer.size() + span.heldBytes() > LARGE_BYTES) {
                stored.put(chunks++, writer.finish(NO_STATE));
            }
            writer.add(span);
            span.savedIn(chunks);
        }
        if (writer.size() > LARGE_BYTES) {
            stored.put(chunks++, writer.finish(NO_STATE));
        }
        stored.put(chunks++, writer.finish(TraceStateCodec.encode(state)));
    }

    private void put(KeptSpan span) {
        spans.put(Id.of(span.facts()), span);
        payloadBytes += span.heldBytes();
    }

    private void lighten() {
        if (payloadBytes > LARGE_BYTES) {
            leaveBytes();
        }
    }

    private byte[] read(KeptSpan span, Chunks stored) {
        if (span.chunk() != lastReadNumber) {
            lastReadNumber = span.chunk();
            lastRead = new HashMap<>();
            for (KeptSpan one : TraceChunk.decode(stored.get(lastReadNumber)).spans()) {
                lastRead.put(Id.of(one.facts()), one);
            }
        }
        return lastRead.get(Id.of(span.facts())).payload();
    }
}
