package io.tributary.alerts.planning;

import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.engine.Selection;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.AlertingRule;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule group, and how it is evaluated on the stream.
 *
 * <p>A group can be split by the labels by which each of its rules can, less those that any of its rules sets: what a
 * cell records then has that cell's labels, so that the rules that read it read what their own cell recorded, the
 * samples that come around through Kafka are routed back to the same cell, and no two cells make the same series or
 * alert. A group with a limit counts over all series, and a template that makes queries may look at any: such groups
 * are not split. See {@link Sharding} for the proof for one expression.
 *
 * @param group the rules
 * @param instants when it is evaluated
 * @param split the labels by which it is split; empty if it is not
 * @param rules how each rule reads, in the group's order
 */
public record GroupPlan(RuleGroup group, Instants instants, LabelSet split, List<RulePlan> rules) {
    /** Labels that evaluation sets by itself. */
    private static final List<String> SET = List.of("alertname", "alertstate");

    /**
     * How one rule reads.
     *
     * @param selections what its expression reads
     * @param queries what its templates read beside that
     * @param carried the labels that an element of its answer has in common with all series that it is made of
     */
    public record RulePlan(Rule rule, List<Selection> selections, List<Selection> queries, LabelSet carried) {
        /**
         * Tells of which series each element of the answer is made: rules of the same key that are alike in this make
         * an alert, if they do, of the same series, whatever their conditions. The same in every process.
         */
        public String madeOf() {
            return selections.stream()
                    .map(selection -> selection.matchers().toString())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(" ", "", " " + carried));
        }
    }

    /** The plan for a group. */
    public static GroupPlan of(RuleGroup group, EngineOptions options) {
        LabelSet split = LabelSet.ALL;
        List<RulePlan> rules = new ArrayList<>();
        for (Rule rule : group.rules()) {
            LabelSet carried =
                    Sharding.of(rule.expr()).minus(rule.labels().keySet()).minus(SET);
            Collection<String> templates = templates(rule);
            split = split.and(TemplateQueries.isIn(templates) ? LabelSet.NONE : carried);
            rules.add(new RulePlan(
                    rule, Selection.of(rule.expr(), options), TemplateQueries.of(templates, options), carried));
        }
        return new GroupPlan(
                group,
                Instants.of(group.file(), group.name(), group.interval()),
                group.limit() > 0 || rules.isEmpty() ? LabelSet.NONE : split,
                List.copyOf(rules));
    }

    private static Collection<String> templates(Rule rule) {
        return rule instanceof AlertingRule alerting
                ? Stream.concat(alerting.labels().values().stream(), alerting.annotations().values().stream())
                        .toList()
                : List.of();
    }

    /** What the group is known by among those of all files. */
    public String key() {
        return group.key();
    }

    /** Whether it is evaluated in several places, each of which sees some of the series. */
    public boolean isSplit() {
        return !split.isEmpty();
    }

    /** Everything that the group reads. */
    public Stream<Selection> selections() {
        return rules.stream().flatMap(rule -> Stream.concat(rule.selections().stream(), rule.queries().stream()));
    }

    /** How long before an evaluation the oldest sample may lie that it reads, in milliseconds. */
    public long back() {
        return selections().mapToLong(Selection::back).max().orElse(0)
                + group.queryOffset().toMillis();
    }

    /** Where a series of the group belongs: a number of which the rest by the number of places is taken. */
    public int place(String tenant, Labels series) {
        return split.hash(series, 31 * key().hashCode() + tenant.hashCode());
    }

    /** Where a group is evaluated that is not split. */
    public int place(String tenant) {
        return place(tenant, Labels.EMPTY);
    }
}
