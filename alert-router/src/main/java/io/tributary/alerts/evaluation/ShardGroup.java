package io.tributary.alerts.evaluation;

import io.tributary.alerts.evaluation.EvaluationSettings.NoData;
import io.tributary.alerts.evaluation.GroupReport.RuleReport;
import io.tributary.alerts.planning.GroupPlan;
import io.tributary.alerts.retention.SeriesView;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.AlertingRule;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.alert.AlertState;
import io.tributary.promql.rule.alert.Transition;
import io.tributary.promql.rule.evaluation.Evaluation;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.evaluation.RuleResult;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.rule.state.RuleState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A rule group of one tenant in one place: the series that it sees there, and what it remembers. */
final class ShardGroup {
    /** Not evaluated before the shard knows when time begins. */
    static final long NOT_YET = Long.MAX_VALUE;
    /** Prometheus lets an alert end by itself when it was not sent again four times. */
    private static final int LEASE_RENEWALS = 4;
    /** After how many renewals that did not come an alert is said again without an evaluation; less than a lease. */
    private static final int UNSAID_RENEWALS = 2;

    private final String tenant;
    private final GroupPlan plan;
    private final EvaluationSettings settings;
    private final GroupStates states;
    private final SeriesView view = new SeriesView();
    private final Map<Labels, Long> sentAt = new HashMap<>();
    /** Since when nothing was said of an alert that fires, by the wall clock. */
    private final Map<Labels, Long> unsaidSince = new HashMap<>();

    private final Map<Labels, Held> held;
    private GroupState state;
    private Lineage lineage;
    private GroupStates.Saved saved;
    private long next = NOT_YET;

    ShardGroup(String tenant, GroupPlan plan, EvaluationSettings settings, GroupStates states) {
        this.tenant = tenant;
        this.plan = plan;
        this.settings = settings;
        this.states = states;
        GroupStates.Saved before = states.load(key());
        state = before.state();
        held = new TreeMap<>(before.held());
        for (GroupPlan.RulePlan rule : plan.rules()) {
            // Before rules of one name were told apart, this was the name.
            held.replaceAll((labels, alert) -> alert.rule().equals(rule.rule().name())
                    ? alert.of(rule.rule().key())
                    : alert);
        }
        held.values().removeIf(alert -> plan.rules().stream().noneMatch(rule -> isOf(alert, rule)));
        lineage = before.lineage().with(plan.rules(), state.fitting(plan.group()), held.values());
        if (state.evaluatedAt() != Alert.NEVER) {
            saved = new GroupStates.Saved(state, Map.copyOf(held), before.lineage());
            next = plan.instants().after(state.evaluatedAt());
        }
    }

    String tenant() {
        return tenant;
    }

    GroupPlan plan() {
        return plan;
    }

    String key() {
        return GroupStates.key(tenant, plan.key());
    }

    SeriesView view() {
        return view;
    }

    GroupState state() {
        return state;
    }

    /** The instant that is to be evaluated next; {@link #NOT_YET} if that is not known. */
    long next() {
        return next;
    }

    /** The first instant after the time is next. */
    void startAfter(long time) {
        next = plan.instants().after(time);
    }

    /** Leaves out all instants but the last up to the time, since nobody could watch; that ages no want of data. */
    void skipTo(long time) {
        long last = plan.instants().after(time) - plan.group().interval().toMillis();
        if (next != NOT_YET && last > next) {
            long skipped = last - next;
            held.replaceAll((labels, alert) -> alert.later(skipped));
            next = last;
        }
    }

    /** Whether there is nothing to evaluate, nor anything to remember. */
    boolean isEmpty() {
        return plan.isSplit() && view.size() == 0 && held.isEmpty() && isEmpty(state);
    }

    private static boolean isEmpty(GroupState state) {
        return state.orphans().isEmpty()
                && state.rules().stream()
                        .allMatch(
                                rule -> rule.alerts().isEmpty() && rule.series().isEmpty());
    }

    /**
     * Forgets what belongs elsewhere since the rules changed, and returns it. What of it fires is said once more, for
     * as long as it may take its new place to say so, which begins with the samples that come from now on.
     *
     * @param isHere whether an alert or a series with these labels belongs here
     */
    GroupState leave(Predicate<Labels> isHere, Output out) {
        GroupStates.Saved all = new GroupStates.Saved(state.fitting(plan.group()), held, lineage);
        GroupStates.Saved gone = all.only(isHere.negate());
        for (int i = 0; i < plan.rules().size(); i++) {
            GroupPlan.RulePlan rule = plan.rules().get(i);
            for (Alert alert : gone.state().rules().get(i).alerts()) {
                if (alert.state() == AlertState.FIRING) {
                    out.alert(lastWord(rule, alert.labels(), alert.annotations().toMap(), alert.firedAt()));
                }
            }
            for (Held alert : gone.held().values()) {
                if (isOf(alert, rule)) {
                    out.alert(lastWord(rule, alert.labels(), alert.allAnnotations(), alert.firedAt()));
                }
            }
        }
        state = all.only(isHere).state();
        lineage = lineage.only(isHere);
        held.keySet().removeAll(gone.held().keySet());
        save();
        return gone.state();
    }

    private AlertChange lastWord(GroupPlan.RulePlan rule, Labels labels, Map<String, String> annotations, long since) {
        long hold = rule.rule() instanceof AlertingRule alerting
                ? alerting.holdFor().toMillis()
                : 0;
        long unknown = Math.min(hold + plan.back(), settings.noDataRetention().toMillis());
        return new AlertChange(tenant, labels.toMap(), annotations, since, OptionalLong.empty(), lease() + unknown);
    }

    /** Evaluates the next instant, and returns what was found. */
    Evaluation evaluate(GroupEvaluator evaluator, Output out) {
        long time = next;
        view.moveTo(time);
        Evaluation evaluation = evaluator.evaluate(plan.group(), state, view, time);
        state = evaluation.state();
        next = plan.instants().after(time);
        for (int i = 0; i < plan.rules().size(); i++) {
            if (evaluation.results().get(i).rule() instanceof AlertingRule) {
                tell(plan.rules().get(i), evaluation.results().get(i), time, out);
            }
        }
        lineage = lineage.after(evaluation.results());
        save();
        return evaluation;
    }

    private void tell(GroupPlan.RulePlan rule, RuleResult result, long time, Output out) {
        for (Transition transition : result.transitions()) {
            if (transition.isResolved()) {
                ended(rule, transition.alert(), time, out);
            }
        }
        Map<Labels, AlertState> active = new HashMap<>();
        for (Alert alert : result.alerts()) {
            if (alert.isActive()) {
                active.put(alert.labels(), alert.state());
            }
            if (alert.state() == AlertState.FIRING) {
                if (held.remove(alert.labels()) != null) {
                    // There is data again, which is no news to wait with.
                    sentAt.remove(alert.labels());
                }
                send(alert.labels(), alert.annotations().toMap(), alert.firedAt(), time, out);
            }
        }
        for (Held each : List.copyOf(held.values())) {
            if (isOf(each, rule)) {
                boolean unknown = result.error().isPresent() || active.containsKey(each.labels());
                watch(rule, each, unknown, time, out);
            }
        }
    }

    private static boolean isOf(Held alert, GroupPlan.RulePlan rule) {
        return alert.rule().equals(rule.rule().key());
    }

    private void ended(GroupPlan.RulePlan rule, Alert alert, long time, Output out) {
        sentAt.remove(alert.labels());
        if (settings.noData() == NoData.KEEP_FIRING && isSilent(rule, alert.labels(), time)) {
            held.put(alert.labels(), Held.of(rule.rule().key(), alert, time));
        } else {
            resolve(alert.labels(), alert.annotations().toMap(), alert.firedAt(), time, out);
        }
    }

    /**
     * Sees whether an alert without data is over.
     *
     * @param unknown whether it may fire all the same: its rule failed, or has it pending
     */
    private void watch(GroupPlan.RulePlan rule, Held alert, boolean unknown, long time, Output out) {
        boolean over = time - alert.since() >= settings.noDataRetention().toMillis();
        if (over || (!unknown && !isSilent(rule, alert.labels(), time))) {
            held.remove(alert.labels());
            resolve(
                    alert.labels(),
                    over ? alert.allAnnotations() : alert.annotations().toMap(),
                    alert.firedAt(),
                    time,
                    out);
        } else {
            send(alert.labels(), alert.allAnnotations(), alert.firedAt(), time, out);
        }
    }

    private boolean isSilent(GroupPlan.RulePlan rule, Labels alert, long time) {
        long seenUntil = time - plan.group().queryOffset().toMillis();
        return !lineage.inherited().contains(alert)
                && !Held.hasData(
                        rule, alert, view, seenUntil, settings.lookBack().toMillis());
    }

    /**
     * Says again what fires and of which nothing was said for long: evaluations wait for samples, and who was told must
     * not take that for an end.
     *
     * @param now by the wall clock, in milliseconds since the epoch
     */
    void renew(long now, Output out) {
        for (RuleState rule : state.fitting(plan.group()).rules()) {
            for (Alert alert : rule.alerts()) {
                if (alert.state() == AlertState.FIRING) {
                    renew(alert.labels(), alert.annotations().toMap(), alert.firedAt(), now, out);
                }
            }
        }
        for (Held alert : held.values()) {
            renew(alert.labels(), alert.allAnnotations(), alert.firedAt(), now, out);
        }
    }

    private void renew(Labels labels, Map<String, String> annotations, long since, long now, Output out) {
        Long unsaid = unsaidSince.putIfAbsent(labels, now);
        if (unsaid != null && now - unsaid >= UNSAID_RENEWALS * renewal()) {
            unsaidSince.put(labels, now);
            out.alert(change(labels, annotations, since, OptionalLong.empty()));
        }
    }

    private void send(Labels labels, Map<String, String> annotations, long since, long time, Output out) {
        Long last = sentAt.get(labels);
        if (last == null || time - last >= settings.resendDelay().toMillis()) {
            sentAt.put(labels, time);
            unsaidSince.remove(labels);
            out.alert(change(labels, annotations, since, OptionalLong.empty()));
        }
    }

    private void resolve(Labels labels, Map<String, String> annotations, long since, long time, Output out) {
        sentAt.remove(labels);
        unsaidSince.remove(labels);
        out.alert(change(labels, annotations, since, OptionalLong.of(time)));
    }

    private AlertChange change(Labels labels, Map<String, String> annotations, long since, OptionalLong endsAt) {
        return new AlertChange(tenant, labels.toMap(), annotations, since, endsAt, lease());
    }

    /** How often what fires is said again at least, in milliseconds, while evaluations keep up. */
    private long renewal() {
        return Math.max(
                plan.group().interval().toMillis(), settings.resendDelay().toMillis());
    }

    private long lease() {
        return LEASE_RENEWALS * renewal();
    }

    private void save() {
        if (saved == null
                || !state.rules().equals(saved.state().rules())
                || !state.orphans().equals(saved.state().orphans())
                || !held.equals(saved.held())
                || !lineage.equals(saved.lineage())) {
            saved = new GroupStates.Saved(state, Map.copyOf(held), lineage);
            states.saveState(key(), saved);
        }
        states.saveTime(key(), state.evaluatedAt());
    }

    /** How the evaluation went. */
    GroupReport report(int partition, Evaluation evaluation, long nanos) {
        List<RuleReport> rules = new ArrayList<>();
        int samples = evaluation.ended().size();
        for (RuleResult result : evaluation.results()) {
            samples += result.samples().size();
            rules.add(report(result.rule(), result.alerts(), result.error()));
        }
        return new GroupReport(reportKey(partition), plan.group(), evaluation.time(), nanos, samples, rules);
    }

    /** What is remembered of the last evaluation, after a start. */
    GroupReport report(int partition) {
        List<RuleReport> rules = new ArrayList<>();
        List<RuleState> known = state.fitting(plan.group()).rules();
        for (int i = 0; i < known.size(); i++) {
            rules.add(report(plan.rules().get(i).rule(), known.get(i).alerts(), Optional.empty()));
        }
        return new GroupReport(reportKey(partition), plan.group(), state.evaluatedAt(), 0, 0, rules);
    }

    GroupReport.Key reportKey(int partition) {
        return new GroupReport.Key(tenant, plan.key(), partition);
    }

    private RuleReport report(Rule rule, List<Alert> alerts, Optional<String> error) {
        int silent = (int) held.values().stream()
                .filter(alert -> alert.rule().equals(rule.key()))
                .count();
        return new RuleReport(
                rule, error, alerts.stream().filter(Alert::isActive).toList(), silent);
    }
}
