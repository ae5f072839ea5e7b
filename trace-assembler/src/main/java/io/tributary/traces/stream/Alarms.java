package io.tributary.traces.stream;

import io.tributary.traces.assembly.TraceKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When traces need attention: an index by time, so that what is due is found without a look at the rest. Alarms of one
 * second that were set between two commits are one entry of the store; those of the second that is now are in memory.
 * An alarm cannot be taken back; whoever set it knows whether it still counts.
 */
final class Alarms {
    /**
     * One alarm.
     *
     * @param time when it goes off, in milliseconds
     * @param key whose it is
     */
    record Alarm(long time, TraceKey key) implements Comparable<Alarm> {
        private static final Comparator<Alarm> ORDER =
                Comparator.comparingLong(Alarm::time).thenComparing(Alarm::key);

        @Override
        public int compareTo(Alarm other) {
            return ORDER.compare(this, other);
        }
    }

    private static final long BUCKET_MILLIS = 1000;
    private static final int BATCH = 200;

    private final KeyValueStore<Bytes, byte[]> store;
    /** All alarms before {@link #loadedUntil} that did not go off yet. */
    private final PriorityQueue<Alarm> near = new PriorityQueue<>();

    private final TreeMap<Long, List<Alarm>> unsaved = new TreeMap<>();
    private final List<Bytes> loaded = new ArrayList<>();
    private long loadedUntil;

    Alarms(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Sets an alarm, at a time that is still to come. */
    void set(long time, TraceKey key) {
        Alarm alarm = new Alarm(time, key);
        unsaved.computeIfAbsent(bucket(time), unseen -> new ArrayList<>()).add(alarm);
        if (time < loadedUntil) {
            near.add(alarm);
        }
    }

    /** Some of the alarms that go off by this time, the earliest first; none of them comes again. */
    List<Alarm> due(long now) {
        if (now < loadedUntil && !isNear(now)) {
            return List.of();
        }
        List<Alarm> due = new ArrayList<>();
        while (due.size() < BATCH && (isNear(now) || (near.isEmpty() && load(now)))) {
            if (isNear(now)) {
                due.add(near.poll());
            }
        }
        return due;
    }

    private boolean isNear(long now) {
        return !near.isEmpty() && near.peek().time() <= now;
    }

    /** Takes up the next bucket that has alarms and begins by now, if there is one. */
    private boolean load(long now) {
        long end = bucket(now) + BUCKET_MILLIS;
        if (loadedUntil >= end) {
            return false;
        }
        // To delete them would be to read them first.
        loaded.forEach(entry -> store.put(entry, null));
        loaded.clear();
        unsaved.headMap(loadedUntil).clear();
        long next = Math.min(firstStored(end), unsaved.isEmpty() ? end : unsaved.firstKey());
        if (next >= end) {
            loadedUntil = end;
            return false;
        }
        near.addAll(unsaved.getOrDefault(next, List.of()));
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(next, 0), key(next + BUCKET_MILLIS, 0))) {
            while (entries.hasNext()) {
                var entry = entries.next();
                loaded.add(entry.key);
                read(entry.value);
            }
        }
        loadedUntil = next + BUCKET_MILLIS;
        return true;
    }

    /** The first bucket in the store that was not taken up and begins before this time; else this time. */
    private long firstStored(long end) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(loadedUntil, 0), key(end, 0))) {
            return entries.hasNext()
                    ? ByteBuffer.wrap(entries.peekNextKey().get()).getLong()
                    : end;
        }
    }

    private void read(byte[] entry) {
        ByteBuffer in = ByteBuffer.wrap(entry);
        while (in.hasRemaining()) {
            long time = in.getLong();
            byte[] key = new byte[in.get()];
            in.get(key);
            near.add(new Alarm(time, new TraceKey(key)));
        }
    }

    /**
     * Stores what was set since the last time, each bucket under its time and a number from this one on.
     *
     * @return the next number
     */
    long save(long number) {
        long next = number;
        for (var bucket : unsaved.entrySet()) {
            Bytes key = key(bucket.getKey(), next++);
            store.put(key, encode(bucket.getValue()));
            if (bucket.getKey() < loadedUntil) {
                loaded.add(key);
            }
        }
        unsaved.clear();
        return next;
    }

    private static byte[] encode(List<Alarm> alarms) {
        int length = 0;
        for (Alarm alarm : alarms) {
            length += Long.BYTES + 1 + alarm.key().bytes().length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (Alarm alarm : alarms) {
            byte[] key = alarm.key().bytes();
            out.putLong(alarm.time()).put((byte) key.length).put(key);
        }
        return out.array();
    }

    private static long bucket(long time) {
        return time - Math.floorMod(time, BUCKET_MILLIS);
    }

    private static Bytes key(long bucket, long number) {
        return Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(bucket)
                .putLong(number)
                .array());
    }
}
