package io.tributary.alerts.evaluation;

import io.tributary.alerts.planning.GroupPlan.RulePlan;
import io.tributary.alerts.state.StateBytes;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.evaluation.RuleResult;
import io.tributary.promql.rule.state.GroupState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which alerts of a group come from other expressions than its rules have now. A rule keeps its alerts when its
 * expression is changed, but the new one tells nothing of the series that they were made of if it reads others, or
 * tells them apart by other labels: that it finds none of them is no silence.
 *
 * @param rules what the group's rules are known by, and of what their alerts are made; empty if that is not known
 * @param inherited labels of the alerts that a rule has from an earlier expression, made of other series, and that its
 *     present one has not given since
 */
record Lineage(Set<String> rules, Set<Labels> inherited) {
    /** Of a group of which that is not known. */
    static final Lineage UNKNOWN = new Lineage(Set.of(), Set.of());

    Lineage {
        rules = Set.copyOf(rules);
        inherited = Set.copyOf(inherited);
    }

    /**
     * The lineage with these rules in place of those of before.
     *
     * @param state fitting the rules
     * @param held alerts that fire on for want of data
     */
    Lineage with(List<RulePlan> plans, GroupState state, Collection<Held> held) {
        Set<String> current = plans.stream().map(Lineage::text).collect(Collectors.toSet());
        if (rules.isEmpty() || rules.equals(current)) {
            return new Lineage(current, inherited);
        }
        Set<Labels> all = new TreeSet<>(inherited);
        Set<String> unchanged = new TreeSet<>();
        for (int i = 0; i < plans.size(); i++) {
            if (rules.contains(text(plans.get(i)))) {
                unchanged.add(plans.get(i).rule().key());
            } else {
                state.rules().get(i).alerts().stream()
                        .filter(Alert::isActive)
                        .forEach(alert -> all.add(alert.labels()));
            }
        }
        held.stream().filter(alert -> !unchanged.contains(alert.rule())).forEach(alert -> all.add(alert.labels()));
        return new Lineage(current, all);
    }

    /**
     * The lineage after an evaluation: what a rule gave is its own now, and what it did not give has ended, but for
     * what fires on for a while ({@code keep_firing_for}) and what was not looked for, since the rule failed.
     */
    Lineage after(List<RuleResult> results) {
        if (inherited.isEmpty()) {
            return this;
        }
        Set<Labels> left = results.stream()
                .flatMap(result -> result.alerts().stream()
                        .filter(Alert::isActive)
                        .filter(alert -> result.error().isPresent() || alert.keepFiringSince() != Alert.NEVER))
                .map(Alert::labels)
                .collect(Collectors.toSet());
        return only(left::contains);
    }

    private static String text(RulePlan plan) {
        return plan.rule().key() + " " + plan.madeOf();
    }

    /** What of it concerns such alerts. */
    Lineage only(Predicate<Labels> which) {
        return inherited.isEmpty()
                ? this
                : new Lineage(rules, inherited.stream().filter(which).collect(Collectors.toSet()));
    }

    static final StateBytes.Codec<Lineage> CODEC = new StateBytes.Codec<>() {
        @Override
        public void write(Lineage lineage, DataOutputStream out) throws IOException {
            out.writeInt(lineage.rules.size());
            for (String rule : lineage.rules) {
                StateBytes.writeText(out, rule);
            }
            out.writeInt(lineage.inherited.size());
            for (Labels labels : lineage.inherited) {
                StateBytes.writeTexts(out, labels.toMap());
            }
        }

        @Override
        public Lineage read(DataInputStream in) throws IOException {
            Set<String> rules = new TreeSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                rules.add(StateBytes.readText(in));
            }
            Set<Labels> inherited = new TreeSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                inherited.add(Labels.of(StateBytes.readTexts(in)));
            }
            return new Lineage(rules, inherited);
        }
    };
}
