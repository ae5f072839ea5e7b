package io.tributary.traces.assembly;

import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trace in memory, and how it gets into its chunks and out of them. While it waits, what came since the last commit
 * is journaled, in an entry with that of other traces. When it is saved, what is in no chunk yet makes one of its own;
 * so a trace costs no more per span when it grows. Once spans were emitted, the chunks that had their bytes are
 * replaced by one that has their facts alone. A large trace leaves the bytes of its spans in their chunks.
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

        /** Makes chunks. */
        TraceChunk.Writer writer();

        /** The number of the journal's next entry. */
        long journalEnd();
    }

    /** A trace with more bytes waiting than this does not hold them; nor is a chunk larger, unless a span is. */
    static final int LARGE_BYTES = 256 << 10;

    private static final byte[] NO_STATE = {};
    /**
     * What a trace takes in memory beside its spans, and a span beside its payload: one of few, or of many; roughly.
     */
    private static final int OVERHEAD_BYTES = 500;

    private static final int FACTS_BYTES = 110;
    private static final int FACTS_BYTES_OF_MANY = 180;

    private final TraceKey key;
    private final SpanPages pages;
    private final SpanSet spans = new SpanSet();
    private final List<JournalEntry> entries = new ArrayList<>(2);
    /** So many of the spans are in chunks: those that came first. */
    private int saved;
    /** So many of the spans are in chunks or in the journal; at least as many as are {@link #saved}. */
    private int journaled;
    /** Entries of the journal before this one have nothing of it that counts. */
    private long journalEnd;

    private TraceState state = TraceState.NEW;
    private long payloadBytes;
    private long accountedBytes;
    private int chunks;
    /** Chunks before this one hold no span that waits. */
    private int settled;

    private boolean emitted;
    private boolean changed;
    private Map<SpanSet.Id, byte[]> lastRead = Map.of();
    private int lastReadNumber = -1;

    /** A trace of which nothing is known; the bytes of its spans will be on these pages. */
    public HeldTrace(TraceKey key, SpanPages pages) {
        this.key = key;
        this.pages = pages;
    }

    /** Adds the next of the trace's chunks, in their order, as they were stored. */
    public void restore(TraceChunk chunk) {
        int number = chunks++;
        journalEnd = Math.max(journalEnd, chunk.journalEnd());
        chunk.state().ifPresent(newest -> state = newest);
        boolean waits = false;
        for (StoredSpan span : chunk.spans()) {
            KeptSpan kept = put(span.facts(), span.payload());
            kept.savedIn(number);
            waits |= kept.isPending();
        }
        if (!waits && settled == number) {
            settled = chunks;
        }
        allAreSaved();
        lighten();
    }

    /** Adds what the next entry of the journal has of it, after all chunks. */
    public void restore(TraceChunk news, JournalEntry entry) {
        if (entry.number() < journalEnd) {
            return;
        }
        news.state().ifPresent(newest -> state = newest);
        for (StoredSpan span : news.spans()) {
            put(span.facts(), span.payload());
        }
        journaledIn(entry);
    }

    /** The trace's key. */
    public TraceKey key() {
        return key;
    }

    /** The trace's state. */
    public TraceState state() {
        return state;
    }

    /** Replaces the state, and notes that there is something to save. */
    public void change(TraceState after) {
        state = after;
        changed = true;
    }

    /** Whether there is something to save: what changed was neither saved nor journaled, and the trace not deleted. */
    public boolean isChanged() {
        return changed;
    }

    /** How much more memory it takes than at the last call, in bytes, beside the pages: at first, all that it takes. */
    public long account() {
        long before = accountedBytes;
        int known = spans.all().size();
        accountedBytes = OVERHEAD_BYTES + (long) known * (known > SpanSet.FEW ? FACTS_BYTES_OF_MANY : FACTS_BYTES);
        return accountedBytes - before;
    }

    /** How much memory it took at the last {@link #account}, in bytes. */
    public long accountedBytes() {
        return accountedBytes;
    }

    /** Every span that waits or was emitted, and whose facts were not given up. */
    public List<KeptSpan> spans() {
        return spans.all();
    }

    /** Whether the span waits or was emitted. */
    public boolean knows(SpanFacts span) {
        return spans.find(span) != null;
    }

    /** Adds a new span, which waits to be emitted in these bytes. */
    public void add(SpanFacts span, byte[] payload) {
        put(span, Optional.of(payload));
    }

    /** Emits a span that waits: gives its bytes, and keeps its facts alone. */
    public byte[] take(SpanFacts span, Chunks stored) {
        KeptSpan kept = spans.find(span);
        byte[] payload = kept.isHeld() ? kept.payload() : read(kept, stored);
        payloadBytes -= kept.heldBytes();
        kept.drop(pages);
        kept.emitted();
        emitted = true;
        return payload;
    }

    /** Gives up the facts of all spans. */
    public void retire() {
        dropBytes();
        spans.clear();
        allAreSaved();
        settled = 0;
        emitted = true;
    }

    /**
     * Removes all that is stored of the trace, but for what is journaled.
     *
     * @return entries of the journal before this number may have something of the trace
     */
    public long delete(Chunks stored) {
        for (int number = 0; number < chunks; number++) {
            stored.delete(number);
        }
        chunks = 0;
        changed = false;
        long end = isJournaled() ? stored.journalEnd() : journalEnd;
        leaveJournal();
        return end;
    }

    /** Whether what came since the last commit may be journaled, and need not be saved: it waits, and is not much. */
    public boolean mayBeJournaled() {
        return state.isOpen() && !emitted && payloadBytes <= LARGE_BYTES;
    }

    /** What came since it was last saved or journaled, for an entry of the journal. */
    public byte[] takeNews(TraceChunk.Writer writer) {
        changed = false;
        from(journaled).forEach(writer::add);
        return writer.finish(TraceStateCodec.encode(state), 0);
    }

    /** Notes that this entry has all that {@link #takeNews} gave. */
    public void journaledIn(JournalEntry entry) {
        entry.need();
        entries.add(entry);
        journaled = spans.all().size();
    }

    /** Whether an entry of the journal has something of it that was not saved. */
    public boolean isJournaled() {
        return !entries.isEmpty();
    }

    private void leaveJournal() {
        entries.forEach(JournalEntry::release);
        entries.clear();
        journaled = saved;
    }

    /** Gives up the bytes of spans: if the trace is needed any more, all that changed must have been saved. */
    public void dropBytes() {
        if (payloadBytes > 0) {
            spans.all().forEach(span -> span.drop(pages));
            payloadBytes = 0;
        }
    }

    /** Stores what changed since the trace was last saved; nothing of it is needed in the journal then. */
    public void save(Chunks stored) {
        journalEnd = stored.journalEnd();
        lastRead = Map.of();
        lastReadNumber = -1;
        int before = chunks;
        if (emitted) {
            // Among what is left of these chunks may be spans that came since: they are stored with them.
            chunks = settled;
            write(spans.all().stream().filter(span -> span.chunk() >= settled).toList(), stored);
        } else {
            write(from(saved), stored);
        }
        for (int number = chunks; number < before; number++) {
            stored.delete(number);
        }
        if (!state.isOpen()) {
            settled = chunks;
        }
        allAreSaved();
        leaveJournal();
        emitted = false;
        changed = false;
        lighten();
    }

    private void write(List<KeptSpan> written, Chunks stored) {
        TraceChunk.Writer writer = stored.writer();
        for (KeptSpan span : written) {
            if (!writer.isEmpty() && writer.size() + span.heldBytes() > LARGE_BYTES) {
                stored.put(chunks++, writer.finish(NO_STATE, journalEnd));
            }
            writer.add(span);
            span.savedIn(chunks);
        }
        if (writer.size() > LARGE_BYTES) {
            stored.put(chunks++, writer.finish(NO_STATE, journalEnd));
        }
        stored.put(chunks++, writer.finish(TraceStateCodec.encode(state), journalEnd));
    }

    private List<KeptSpan> from(int first) {
        return spans.all().subList(first, spans.all().size());
    }

    private void allAreSaved() {
        saved = spans.all().size();
        journaled = saved;
    }

    private KeptSpan put(SpanFacts facts, Optional<byte[]> payload) {
        KeptSpan span = new KeptSpan(facts, payload.isPresent());
        payload.ifPresent(bytes -> pages.put(span, bytes));
        spans.add(span);
        payloadBytes += span.heldBytes();
        return span;
    }

    private void lighten() {
        if (payloadBytes > LARGE_BYTES) {
            dropBytes();
        }
    }

    private byte[] read(KeptSpan span, Chunks stored) {
        if (span.chunk() != lastReadNumber) {
            lastReadNumber = span.chunk();
            lastRead = new HashMap<>();
            for (StoredSpan one : TraceChunk.decode(ByteBuffer.wrap(stored.get(lastReadNumber)))
                    .spans()) {
                one.payload().ifPresent(payload -> lastRead.put(SpanSet.Id.of(one.facts()), payload));
            }
        }
        return lastRead.get(SpanSet.Id.of(span.facts()));
    }
}
