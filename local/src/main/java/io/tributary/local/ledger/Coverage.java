package io.tributary.local.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What one stage's entries say of one partition, with each offset told of once. Entries must be put in the order of the
 * ledger topic. A stage that starts again begins where it last committed, so a newer entry beats every older one that
 * begins within it; of an older one that begins before it and reaches into it, the common offsets count for the older.
 * What was beaten still counts where all that is committed would have a hole without it: the newer entry may be of a
 * process that had lost the partition and did not know yet.
 */
final class Coverage {
    private static final BinaryOperator<Stretch> LONGER = BinaryOperator.maxBy(
            Comparator.comparingLong(stretch -> stretch.offsets().end()));

    private final NavigableMap<Long, Stretch> stretches = new TreeMap<>();
    /** Of each first offset the longest that was beaten. */
    private final NavigableMap<Long, Stretch> beaten = new TreeMap<>();

    void put(Stretch stretch) {
        Offsets offsets = stretch.offsets();
        beat(stretches.subMap(offsets.start(), Math.max(offsets.start() + 1, offsets.end())));
        if (!offsets.isEmpty()) {
            stretches.put(offsets.start(), stretch);
        }
    }

    private void beat(SortedMap<Long, Stretch> older) {
        older.forEach((start, stretch) -> beaten.merge(start, stretch, LONGER));
        older.clear();
    }

    /** What is covered when all that is below this offset is committed. */
    Coverage committed(long offset) {
        List<Offsets> holes = holes(new Offsets(Math.min(first(stretches), first(beaten)), offset)).stream()
                .map(hole -> hole.below(offset))
                .filter(hole -> !hole.isEmpty())
                .toList();
        if (holes.isEmpty()) {
            return this;
        }
        Coverage filled = new Coverage();
        filled.stretches.putAll(stretches);
        for (Offsets hole : holes) {
            beaten.headMap(hole.end()).values().stream()
                    .filter(stretch -> stretch.offsets().end() > hole.start())
                    .forEach(filled::restore);
        }
        return filled;
    }

    private void restore(Stretch stretch) {
        Offsets offsets = stretch.offsets();
        Collection<Stretch> within =
                stretches.subMap(offsets.start(), offsets.end()).values();
        within.removeIf(other -> other.offsets().end() <= offsets.end());
        stretches.put(offsets.start(), stretch);
    }

    private static long first(NavigableMap<Long, Stretch> stretches) {
        return stretches.isEmpty() ? Long.MAX_VALUE : stretches.firstKey();
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
