package io.tributary.traces.stream;

import io.tributary.traces.assembly.HeldTrace;
import io.tributary.traces.assembly.JournalEntry;
import io.tributary.traces.assembly.TraceChunk;
import io.tributary.traces.assembly.TraceKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What came to traces that wait: all of a commit in one entry, or few. It is read when a task starts, and when it gets
 * so long that its oldest entries must go, though traces still need them. An entry is its version, and then for each
 * trace the length of its key, its key, the length of a {@link TraceChunk}, the chunk.
 */
final class TraceJournal {
    /** Takes what an entry has of a trace. */
    interface Visitor {
        /** This came to the trace of this key. */
        void visit(TraceKey key, TraceChunk news, JournalEntry entry);
    }

    /** An entry has not much more than this, unless a span has. */
    private static final int ENTRY_BYTES = 256 << 10;

    private static final byte VERSION = 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final long maxBytes;
    private final NavigableMap<Long, JournalEntry> entries = new TreeMap<>();
    private final List<HeldTrace> begun = new ArrayList<>();
    private final TraceChunk.Writer writer = new TraceChunk.Writer();
    private ByteArrayOutputStream entry = new ByteArrayOutputStream();
    private long bytes;
    private long end;

    /** The journal in this store, with not many more bytes than these. */
    TraceJournal(KeyValueStore<Bytes, byte[]> store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /** The number of the next entry, also while it is read. */
    long end() {
        return end;
    }

    /**
     * Reads all of it.
     *
     * @param next the number of its next entry
     * @param visitor is shown everything, in the order in which it came
     * @param afterEntry runs after each entry
     */
    void read(long next, Visitor visitor, Runnable afterEntry) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> stored = all.next();
                JournalEntry read =
                        new JournalEntry(ByteBuffer.wrap(stored.key.get()).getLong(), stored.value.length);
                entries.put(read.number(), read);
                bytes += read.bytes();
                visit(stored.value, (key, chunk) -> visitor.visit(key, TraceChunk.decode(chunk), read));
                end = read.number() + 1;
                afterEntry.run();
            }
        }
        end = next;
    }

    private interface Section {
        void of(TraceKey key, ByteBuffer chunk);
    }

    private static void visit(byte[] stored, Section section) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("trace journal: version " + version + " (expected: " + VERSION + ")");
        }
        while (in.hasRemaining()) {
            byte[] key = new byte[in.getShort()];
            in.get(key);
            int length = in.getInt();
            section.of(new TraceKey(key), in.slice(in.position(), length));
            in.position(in.position() + length);
        }
    }

    /** Adds what came to the trace, which must not change before {@link #save}. */
    void add(HeldTrace trace) {
        if (entry.size() == 0) {
            entry.write(VERSION);
        }
        byte[] key = trace.key().bytes();
        byte[] news = trace.takeNews(writer);
        entry.writeBytes(ByteBuffer.allocate(Short.BYTES + key.length + Integer.BYTES)
                .putShort((short) key.length)
                .put(key)
                .putInt(news.length)
                .array());
        entry.writeBytes(news);
        begun.add(trace);
        if (entry.size() >= ENTRY_BYTES) {
            save();
        }
    }

    /** Stores what was added. */
    void save() {
        if (begun.isEmpty()) {
            return;
        }
        JournalEntry written = new JournalEntry(end++, entry.size());
        store.put(key(written.number()), entry.toByteArray());
        begun.forEach(trace -> trace.journaledIn(written));
        begun.clear();
        entries.put(written.number(), written);
        bytes += written.bytes();
        if (written.bytes() > 2 * ENTRY_BYTES) {
            entry = new ByteArrayOutputStream();
        } else {
            entry.reset();
        }
    }

    /** Removes entries that no trace needs and, if it is too long, the oldest, whose traces are saved by this. */
    void shorten(Consumer<TraceKey> saving) {
        entries.values().removeIf(this::isRemoved);
        while (bytes > maxBytes) {
            removeBefore(entries.firstKey() + 1, saving);
        }
    }

    /** Removes the entries before this number, whose traces are saved by this. */
    void removeBefore(long number, Consumer<TraceKey> saving) {
        for (JournalEntry old : entries.headMap(number).values()) {
            if (old.isNeeded()) {
                visit(store.get(key(old.number())), (key, chunk) -> saving.accept(key));
            }
            if (old.isNeeded()) {
                throw new IllegalStateException(
                        "journal entry " + old.number() + ": needed by traces that are not held (expected: by none)");
            }
        }
        entries.headMap(number).values().removeIf(this::isRemoved);
    }

    private boolean isRemoved(JournalEntry candidate) {
        if (candidate.isNeeded()) {
            return false;
        }
        // To delete it would be to read it first.
        store.put(key(candidate.number()), null);
        bytes -= candidate.bytes();
        return true;
    }

    private static Bytes key(long number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
