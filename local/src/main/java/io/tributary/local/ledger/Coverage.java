package io.tributary.local.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one stage's entries say of one partition, with each offset told of once. Entries must be put in the order of the
 * ledger topic. A stage that starts again begins where it last committed, so a newer entry beats every older one that
 * begins within it; of an older one that begins before it and reaches into it, the common offsets count for the older.
 */
final class Coverage {
    private final NavigableMap<Long, Stretch> stretches = new TreeMap<>();

    void put(Stretch stretch) {
        Offsets offsets = stretch.offsets();
        stretches.remove(offsets.start());
        if (!offsets.isEmpty()) {
            stretches.subMap(offsets.start(), offsets.end()).clear();
            stretches.put(offsets.start(), stretch);
        }
    }

    /** What is covered, in order and without overlap. */
    List<Stretch> stretches() {
        List<Stretch> disjoint = new ArrayList<>();
        long position = Long.MIN_VALUE;
        for (Stretch stretch : stretches.values()) {
            Stretch rest = stretch.from(position);
            if (!rest.offsets().isEmpty()) {
                disjoint.add(rest);
                position = rest.offsets().end();
            }
        }
        return disjoint;
    }

    /**
     * What no entry covers from the first covered offset, or the log's start if that is lower, to the log's end. What
     * had expired before the first entry is none of it.
     */
    List<Offsets> holes(Offsets log) {
        List<Offsets> holes = new ArrayList<>();
        List<Stretch> all = stretches();
        long position = all.isEmpty()
                ? log.start()
                : Math.min(log.start(), all.getFirst().offsets().start());
        for (Stretch stretch : all) {
            if (stretch.offsets().start() > position) {
                holes.add(new Offsets(position, stretch.offsets().start()));
            }
            position = stretch.offsets().end();
        }
        if (position < log.end()) {
            holes.add(new Offsets(position, log.end()));
        }
        return holes;
    }

    /** First offset above all that is covered; 0 if nothing is. */
    long end() {
        List<Stretch> all = stretches();
        return all.isEmpty() ? 0 : all.getLast().offsets().end();
    }
}
