package io.tributary.promql.function;

import io.tributary.promql.ast.Selector;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.QueryException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * {@code info}: adds to each series the labels of the info series, by default of {@code target_info}, that have the
 * same {@code instance} and {@code job}; of several, of the one with the newest sample.
 */
final class InfoLabels implements VectorFunction {

    private static final List<String> IDENTIFYING = List.of("instance", "job");
    private static final Matcher DEFAULT = new Matcher(Labels.NAME, Matcher.Operator.EQUAL, "target_info");
    private static final Matcher USUAL = new Matcher(Labels.NAME, Matcher.Operator.MATCHES, ".+_info");

    @Override
    public void evaluate(VectorCall call, Consumer<Column> out) {
        var wanted = new Wanted(
                call.arguments() > 1 ? ((Selector) call.call().arguments().get(1)).matchers() : null);
        List<Column> base = call.kept(0);
        var infos = infos(call, base, wanted);
        for (Column column : base) {
            if (wanted.isInfo(column)) {
                out.accept(column);
            } else {
                enrich(column, infos, wanted, out);
            }
        }
    }

    /** What the second argument asks for. */
    private static final class Wanted {
        private final List<Matcher> ofName;
        private final List<Matcher> ofData;
        private final Set<String> names;
        private final boolean any;

        Wanted(List<Matcher> matchers) {
            List<Matcher> all = matchers == null ? List.of() : matchers;
            var named = all.stream().filter(m -> m.name().equals(Labels.NAME)).toList();
            this.any = matchers == null;
            this.ofName = effective(named);
            this.ofData =
                    all.stream().filter(m -> !m.name().equals(Labels.NAME)).toList();
            this.names = ofData.stream().map(Matcher::name).collect(Collectors.toSet());
        }

        /** If all say only what the name is not, it still is one that info series have. */
        private static List<Matcher> effective(List<Matcher> ofName) {
            if (ofName.isEmpty()) {
                return List.of(DEFAULT);
            }
            boolean positive = ofName.stream()
                    .map(Matcher::operator)
                    .anyMatch(operator -> operator == Matcher.Operator.EQUAL || operator == Matcher.Operator.MATCHES);
            var all = new ArrayList<>(ofName);
            if (!positive) {
                all.add(USUAL);
            }
            return all;
        }

        boolean isInfo(Column column) {
            return ofName.stream().allMatch(matcher -> matcher.matches(column.labels()));
        }

        boolean takes(String name) {
            return names.isEmpty() || names.contains(name);
        }

        /** Whether a series without any info is left out. */
        boolean isRequired() {
            return !any && !ofData.stream().allMatch(matcher -> matcher.matches(""));
        }
    }

    /** The info series by name and identifying labels, at each step only the newest. */
    private static Map<Labels, List<Column>> infos(VectorCall call, List<Column> base, Wanted wanted) {
        var matchers = new ArrayList<Matcher>(wanted.ofName);
        boolean identified = false;
        for (String name : IDENTIFYING) {
            var values = new TreeSet<String>();
            base.stream()
                    .filter(column -> !wanted.isInfo(column))
                    .map(column -> column.labels().get(name))
                    .filter(value -> !value.isEmpty())
                    .forEach(values::add);
            if (!values.isEmpty()) {
                identified = true;
                String any = values.stream().map(com.google.re2j.Pattern::quote).collect(Collectors.joining("|"));
                matchers.add(new Matcher(name, Matcher.Operator.MATCHES, any));
            }
        }
        var infos = new LinkedHashMap<Labels, List<Column>>();
        if (identified) {
            matchers.addAll(wanted.ofData);
            call.sampleTimes(matchers, call.call().arguments().getFirst()).forEach(column -> {
                infos.computeIfAbsent(key(column.labels(), column.labels().get(Labels.NAME)), _ -> new ArrayList<>())
                        .add(column.copy());
            });
        }
        infos.values().forEach(InfoLabels::keepNewest);
        return infos;
    }

    private static Labels key(Labels labels, String name) {
        return labels.keep(IDENTIFYING).with(Labels.NAME, name);
    }

    private static void keepNewest(List<Column> rivals) {
        for (int i = 1; i < rivals.size(); i++) {
            Column newer = rivals.get(i);
            for (int j = 0; j < i; j++) {
                Column older = rivals.get(j);
                for (int step = 0; step < newer.steps(); step++) {
                    if (newer.has(step) && older.has(step)) {
                        if (newer.value(step) == older.value(step)) {
                            throw new QueryException("found duplicate series for info metric: existing "
                                    + older.labels() + " @ " + (long) older.value(step) + ", new " + newer.labels()
                                    + " @ " + (long) newer.value(step));
                        }
                        (newer.value(step) > older.value(step) ? older : newer).remove(step);
                    }
                }
            }
        }
    }

    /** Hands over the series in as many parts as there are different sets of labels that it gets. */
    private static void enrich(Column column, Map<Labels, List<Column>> infos, Wanted wanted, Consumer<Column> out) {
        var names = new TreeSet<String>();
        infos.keySet().forEach(key -> names.add(key.get(Labels.NAME)));
        var candidates = new ArrayList<Column>();
        for (String name : names) {
            candidates.addAll(infos.getOrDefault(key(column.labels(), name), List.of()));
        }
        Map<BitSet, Column> parts = new LinkedHashMap<>();
        for (int step = 0; step < column.steps(); step++) {
            if (column.has(step)) {
                var found = new BitSet();
                for (int i = 0; i < candidates.size(); i++) {
                    found.set(i, candidates.get(i).has(step));
                }
                if (!found.isEmpty() || !wanted.isRequired()) {
                    parts.computeIfAbsent(found, which -> part(column, candidates, which, wanted))
                            .set(step, column);
                }
            }
        }
        parts.values().forEach(out);
    }

    private static Column part(Column column, List<Column> candidates, BitSet which, Wanted wanted) {
        var added = new TreeMap<String, String>();
        var base = new HashSet<String>();
        column.labels().forEach((name, value) -> base.add(name));
        which.stream()
                .mapToObj(candidates::get)
                .forEach(info -> info.labels().forEach((name, value) -> {
                    if (!name.equals(Labels.NAME) && wanted.takes(name)) {
                        String before = base.contains(name) ? value : added.put(name, value);
                        if (before != null && !before.equals(value)) {
                            throw new QueryException("conflicting label: " + name);
                        }
                    }
                }));
        var labels = column.labels().toMap();
        labels.putAll(added.entrySet().stream()
                .filter(entry -> !base.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        var part = new Column(Labels.of(labels), column.steps());
        part.nameless(column.nameless());
        return part;
    }
}
