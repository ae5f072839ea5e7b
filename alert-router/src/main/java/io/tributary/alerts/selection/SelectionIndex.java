package io.tributary.alerts.selection;

import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.label.Matcher.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which of many selections a series fulfils. Selections are found by the metric's name, and within a name by the
 * value of a label that they want to equal; what is left of their matchers is then checked. So the cost is that of the
 * selections that are close, whatever their number. Immutable.
 */
public final class SelectionIndex {
    private static final int[] NOBODY = {};

    /**
     * Somebody's wish for series.
     *
     * @param matchers what the series must fulfil, all of them
     * @param owner who wants them, from 0
     */
    public record Wish(List<Matcher> matchers, int owner) {
        private Optional<Matcher> equal(boolean ofName) {
            return matchers.stream()
                    .filter(matcher -> matcher.operator() == Operator.EQUAL
                            && !matcher.value().isEmpty()
                            && matcher.name().equals(Labels.NAME) == ofName)
                    .findFirst();
        }

        private Check without(Optional<Matcher> name, Optional<Matcher> label) {
            List<Matcher> left = matchers.stream()
                    .filter(matcher -> name.filter(matcher::equals).isEmpty())
                    .filter(matcher -> label.filter(matcher::equals).isEmpty())
                    .toList();
            return new Check(left, owner);
        }
    }

    private record Check(List<Matcher> matchers, int owner) {
        boolean holds(Labels series) {
            for (int i = 0; i < matchers.size(); i++) {
                if (!matchers.get(i).matches(series)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Map<String, Bucket> byName = new HashMap<>();
    /** Wishes that name no metric. */
    private final Bucket nameless = new Bucket();

    /** An index of these wishes. */
    public SelectionIndex(List<Wish> wishes) {
        for (Wish wish : wishes) {
            Optional<Matcher> name = wish.equal(true);
            Bucket bucket = name.map(matcher -> byName.computeIfAbsent(matcher.value(), unseen -> new Bucket()))
                    .orElse(nameless);
            bucket.add(wish, name);
        }
    }

    /** Who wants the series, ascending and each once; its labels include the name. */
    public int[] owners(Labels series) {
        Found found = new Found();
        Bucket named = byName.get(series.get(Labels.NAME));
        if (named != null) {
            named.find(series, found);
        }
        nameless.find(series, found);
        return found.distinct();
    }

    /** Wishes for one metric. */
    private static final class Bucket {
        /** By a label, and the value that it must have. */
        private final Map<String, Map<String, List<Check>>> byLabel = new LinkedHashMap<>();

        private final List<Check> others = new ArrayList<>();

        void add(Wish wish, Optional<Matcher> name) {
            Optional<Matcher> label = wish.equal(false);
            Check check = wish.without(name, label);
            label.map(equal -> byLabel.computeIfAbsent(equal.name(), unseen -> new HashMap<>())
                            .computeIfAbsent(equal.value(), unseen -> new ArrayList<>()))
                    .orElse(others)
                    .add(check);
        }

        void find(Labels series, Found found) {
            for (Map.Entry<String, Map<String, List<Check>>> label : byLabel.entrySet()) {
                List<Check> checks = label.getValue().get(series.get(label.getKey()));
                if (checks != null) {
                    check(checks, series, found);
                }
            }
            check(others, series, found);
        }

        private static void check(List<Check> checks, Labels series, Found found) {
            for (int i = 0; i < checks.size(); i++) {
                Check check = checks.get(i);
                if (!found.isLast(check.owner()) && check.holds(series)) {
                    found.add(check.owner());
                }
            }
        }
    }

    private static final class Found {
        private int[] owners = NOBODY;
        private int size;

        boolean isLast(int owner) {
            return size > 0 && owners[size - 1] == owner;
        }

        void add(int owner) {
            if (size == owners.length) {
                owners = Arrays.copyOf(owners, Math.max(4, 2 * size));
            }
            owners[size++] = owner;
        }

        int[] distinct() {
            if (size == 0) {
                return NOBODY;
            }
            Arrays.sort(owners, 0, size);
            int kept = 1;
            for (int i = 1; i < size; i++) {
                if (owners[i] != owners[kept - 1]) {
                    owners[kept++] = owners[i];
                }
            }
            return Arrays.copyOf(owners, kept);
        }
    }
}
