package io.tributary.alerts.evaluation;

import io.tributary.alerts.rule.AlertingRule;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Evaluates one rule for one series at a time, at instants that are multiples of the rule's interval. Prometheus:
 * rules, "AlertingRule.Eval".
 *
 * <p>No data is not "resolved": when samples stop, or the source says that there is none, a firing alert fires on and
 * says in the annotation {@value #NO_DATA} since when. A pending one is forgotten, since nobody was told of it. Two
 * series must not get the same alert labels, as in Prometheus; here nobody sees both, so the later one wins.
 */
public final class RuleEvaluation {
    /** The annotation of an alert without data: since when, as RFC 3339. */
    public static final String NO_DATA = "no_data_since";

    private final AlertingRule rule;
    private final long interval;
    private final EvaluationSettings settings;

    /** Evaluates this rule. */
    public RuleEvaluation(AlertingRule rule, EvaluationSettings settings) {
        this.rule = rule;
        this.interval = rule.interval().toMillis();
        this.settings = settings;
    }

    /** The rule that is evaluated. */
    public AlertingRule rule() {
        return rule;
    }

    /** The last instant before this time. */
    public long instantBefore(long time) {
        return Math.floorDiv(time - 1, interval) * interval;
    }

    /** The last instant at or before this time. */
    public long instantAt(long time) {
        return Math.floorDiv(time, interval) * interval;
    }

    /** Whether an evaluation up to this time was not made yet. */
    public boolean isDue(Element element, long until) {
        return instantAt(element.evaluatedUntil) + interval <= until;
    }

    /** Makes every evaluation up to this time that was not made yet, with the element's newest sample. */
    public void evaluate(Element element, long until, Consumer<AlertChange> changes) {
        for (long at = instantAt(element.evaluatedUntil) + interval; at <= until; at += interval) {
            evaluateAt(element, at, changes);
            element.evaluatedUntil = at;
            if (!isWorthKeeping(element)) {
                return;
            }
        }
        resend(element, changes);
    }

    /** Whether the element may still lead to an alert, or is one. */
    public boolean isWorthKeeping(Element element) {
        return element.phase != Phase.WATCHED
                || (!element.stale && rule.condition().holds(element.value));
    }

    private void evaluateAt(Element element, long at, Consumer<AlertChange> changes) {
        if (element.stale || at - element.sampleAt >= settings.lookBack().toMillis()) {
            noData(element, at, changes);
        } else if (rule.condition().holds(element.value)) {
            holds(element, at, changes);
        } else {
            ended(element, at, changes);
        }
    }

    private void holds(Element element, long at, Consumer<AlertChange> changes) {
        element.endedSince = 0;
        element.noDataSince = 0;
        if (element.phase == Phase.WATCHED) {
            element.phase = Phase.PENDING;
            element.activeAt = at;
            element.alertLabels = rule.alertLabels(element.series, element.value);
        }
        if (element.phase == Phase.PENDING
                && at - element.activeAt >= rule.holdFor().toMillis()) {
            element.phase = Phase.FIRING;
            element.firedAt = at;
            send(element, at, changes);
        }
    }

    private void noData(Element element, long at, Consumer<AlertChange> changes) {
        if (element.phase != Phase.FIRING) {
            forget(element);
            return;
        }
        if (element.noDataSince == 0) {
            element.noDataSince = at;
            send(element, at, changes);
        } else if (at - element.noDataSince >= settings.noDataRetention().toMillis()) {
            resolve(element, at, changes);
        }
    }

    private void ended(Element element, long at, Consumer<AlertChange> changes) {
        element.noDataSince = 0;
        if (element.phase != Phase.FIRING) {
            forget(element);
            return;
        }
        element.endedSince = element.endedSince == 0 ? at : element.endedSince;
        if (at - element.endedSince >= rule.keepFiringFor().toMillis()) {
            resolve(element, at, changes);
        }
    }

    private void resolve(Element element, long at, Consumer<AlertChange> changes) {
        changes.accept(change(element, OptionalLong.of(at)));
        forget(element);
    }

    /** As if the series had never been active; the value goes, so that an old sample cannot start it again. */
    private static void forget(Element element) {
        element.phase = Phase.WATCHED;
        element.stale = true;
        element.noDataSince = 0;
        element.endedSince = 0;
    }

    private void resend(Element element, Consumer<AlertChange> changes) {
        if (element.phase == Phase.FIRING
                && element.evaluatedUntil - element.sentAt
                        >= settings.resendDelay().toMillis()) {
            send(element, element.evaluatedUntil, changes);
        }
    }

    private void send(Element element, long at, Consumer<AlertChange> changes) {
        element.sentAt = at;
        changes.accept(change(element, OptionalLong.empty()));
    }

    private AlertChange change(Element element, OptionalLong endsAt) {
        Map<String, String> annotations = new TreeMap<>(rule.alertAnnotations(element.series, element.value));
        if (element.noDataSince != 0) {
            annotations.put(NO_DATA, Instant.ofEpochMilli(element.noDataSince).toString());
        }
        return new AlertChange(element.tenant, element.alertLabels, annotations, element.firedAt, endsAt);
    }
}
