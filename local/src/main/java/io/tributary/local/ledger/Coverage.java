package io.tributary.local.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
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

    /** What no entry covers from the first of these offsets, which is none above the first covered one, to the last. */
    List<Offsets> holes(Offsets among) {
        List<Offsets> holes = new ArrayList<>();
        long position = among.start();
        for (Stretch stretch : stretches()) {
            if (stretch.offsets().start() > position) {
                holes.add(new Offsets(position, stretch.offsets().start()));
            }
            position = stretch.offsets().end();
        }
        if (position < among.end()) {
            holes.add(new Offsets(position, among.end()));
        }
        return holes;
    }

    /** The first offset that is covered; empty if nothing is. */
    OptionalLong start() {
        return stretches.isEmpty() ? OptionalLong.empty() : OptionalLong.of(stretches.firstKey());
    }

    /** First offset above all that is covered; 0 if nothing is. */
    long end() {
        List<Stretch> all = stretches();
        return all.isEmpty() ? 0 : all.getLast().offsets().end();
    }
}
