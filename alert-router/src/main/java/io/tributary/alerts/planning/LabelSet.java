package io.tributary.alerts.planning;

import io.tributary.promql.label.Labels;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A set of label names: some, or all but some.
 *
 * @param complement whether the names are those that are not in the set
 * @param names the names in the set or, with {@code complement}, those left out
 */
public record LabelSet(boolean complement, Set<String> names) {
    /** No label. */
    public static final LabelSet NONE = new LabelSet(false, Set.of());
    /** Every label. */
    public static final LabelSet ALL = new LabelSet(true, Set.of());

    /** Copies the names. */
    public LabelSet {
        names = Set.copyOf(names);
    }

    /** These labels. */
    public static LabelSet of(Collection<String> names) {
        return new LabelSet(false, Set.copyOf(names));
    }

    /** Whether there is no label in the set. */
    public boolean isEmpty() {
        return !complement && names.isEmpty();
    }

    /** Whether this label is in the set. */
    public boolean contains(String name) {
        return names.contains(name) != complement;
    }

    /** What is in both sets. */
    public LabelSet and(LabelSet other) {
        if (complement && other.complement) {
            return minus(other.names);
        }
        LabelSet some = complement ? other : this;
        LabelSet filter = complement ? this : other;
        return of(some.names.stream().filter(filter::contains).toList());
    }

    /** Without these labels. */
    public LabelSet minus(Collection<String> others) {
        return complement
                ? new LabelSet(
                        true,
                        Set.copyOf(
                                Stream.concat(names.stream(), others.stream()).toList()))
                : of(names.stream().filter(name -> !others.contains(name)).toList());
    }

    /**
     * A hash of the series' labels that are in the set, and of nothing else: the same in every process. A label that a
     * series does not have counts as one with an empty value.
     *
     * @param seed spreads different users of equal labels
     */
    public int hash(Labels series, int seed) {
        int hash = seed;
        for (int i = 0; i < series.size(); i++) {
            if (contains(series.name(i))) {
                hash = mix(31 * mix(31 * hash + series.name(i).hashCode())
                        + series.value(i).hashCode());
            }
        }
        return mix(hash);
    }

    /** Whether both have the same value in each label of the set; one that is not there is empty. */
    public boolean agree(Labels one, Labels other) {
        return isCovered(one, other) && isCovered(other, one);
    }

    private boolean isCovered(Labels one, Labels other) {
        for (int i = 0; i < one.size(); i++) {
            if (contains(one.name(i)) && !one.value(i).equals(other.get(one.name(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The finalizer of MurmurHash3. */
    private static int mix(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }

    /** Such as {@code by (job)} or {@code without (le)}. */
    @Override
    public String toString() {
        return (complement ? "without (" : "by (") + String.join(", ", new TreeSet<>(names)) + ")";
    }
}
