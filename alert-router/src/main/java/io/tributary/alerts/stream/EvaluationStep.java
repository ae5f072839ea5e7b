package io.tributary.alerts.stream;

import io.tributary.alerts.evaluation.AlertChange;
import io.tributary.alerts.evaluation.Element;
import io.tributary.alerts.evaluation.RuleEvaluation;
import io.tributary.alerts.label.AlertKey;
import io.tributary.alerts.label.Fingerprint;
import io.tributary.alerts.rule.AlertingRule;
import io.tributary.alerts.rule.Component;
import io.tributary.alerts.rule.RuleIndex;
import io.tributary.runtime.stream.SourceStep;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Evaluates the rules on the points of a partition. A rule on a plain selector gives the same answer for each series by
 * itself, so it is evaluated where the series is.
 *
 * <p>An evaluation at an instant is due when the partition's event time has passed it by the delay. When no point
 * comes, the wall clock takes over, so that an alert does not wait for the next point.
 */
final class EvaluationStep implements SourceStep<SeriesId, MetricPoint, String, Alert> {
    /** The point is of no concern to any rule; other stages store it. */
    static final Outcome NOT_SELECTED = Outcome.dropped("not_selected");
    /** The point is older than one of the same series that was evaluated. */
    static final Outcome OUT_OF_ORDER = Outcome.dropped("out_of_order");
    /** The point's time lies ahead of the wall clock. */
    static final Outcome FUTURE = Outcome.dropped("future");
    /** The point is a difference, which cannot be compared with a bound of a total. */
    static final Outcome DELTA = Outcome.dropped("delta");

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long FUTURE_MILLIS = TimeUnit.MINUTES.toMillis(10);
    /** Prometheus lets an alert end by itself when it was not sent again four times. */
    private static final int LEASE_FACTOR = 4;

    private final RuleIndex index;
    private final Map<String, RuleEvaluation> evaluations = new HashMap<>();
    private final IdentityHashMap<AlertingRule, String> ruleKeys = new IdentityHashMap<>();
    private final long resendMillis;
    private final long delay;
    private ProcessorContext<String, Alert> context;
    private KeyValueStore<String, Element> elements;
    private long eventTime;
    private long lastInput;

    EvaluationStep(AlertTopology.Plan plan) {
        this.index = new RuleIndex(plan.rules());
        this.resendMillis = plan.evaluation().resendDelay().toMillis();
        this.delay = plan.evaluationDelay().toMillis();
        for (AlertingRule rule : plan.rules()) {
            String key = Fingerprint.of(rule.id());
            ruleKeys.put(rule, key);
            evaluations.put(key, new RuleEvaluation(rule, plan.evaluation()));
        }
    }

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        this.context = context;
        elements = context.getStateStore(AlertStores.ELEMENTS);
        lastInput = context.currentSystemTimeMs();
        // Wall clock, because an alert must fire, and be renewed, when no further point comes.
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::evaluateDue);
    }

    @Override
    public Outcome process(Record<SeriesId, MetricPoint> record) {
        MetricPoint point = record.value();
        long now = context.currentSystemTimeMs();
        long at = TimeUnit.NANOSECONDS.toMillis(point.getTimeUnixNano());
        lastInput = now;
        eventTime = Math.max(eventTime, Math.min(at, now));
        var candidates = index.candidates(point);
        if (candidates.isEmpty()) {
            return NOT_SELECTED;
        }
        PointCheck.check(record.key(), point);
        if (at > now + FUTURE_MILLIS) {
            return FUTURE;
        }
        Outcome outcome = NOT_SELECTED;
        for (RuleIndex.Candidate candidate : candidates) {
            String rule = ruleKeys.get(candidate.rule());
            for (Component.Sample sample : candidate.component().samples(point)) {
                if (candidate.rule().condition().selects(sample.labels())) {
                    outcome = point.getTemporality() == Temporality.DELTA ? DELTA : observe(rule, point, at, sample);
                }
            }
        }
        return outcome;
    }

    private Outcome observe(String rule, MetricPoint point, long at, Component.Sample sample) {
        RuleEvaluation evaluation = evaluations.get(rule);
        String key = rule + '/' + SeriesId.of(point.getTenant(), point.getName(), sample.labels());
        Element element = elements.get(key);
        if (element == null) {
            if (sample.value().isEmpty()
                    || !evaluation.rule().condition().holds(sample.value().getAsDouble())) {
                return Outcome.FORWARDED;
            }
            element = new Element(point.getTenant(), sample.labels(), evaluation.instantBefore(at));
        } else if (at <= element.sampleAt()) {
            return at == element.sampleAt() ? Outcome.DUPLICATE : OUT_OF_ORDER;
        }
        evaluation.evaluate(element, at - 1, change -> publish(evaluation, change));
        if (sample.value().isPresent()) {
            element.observe(at, sample.value().getAsDouble());
        } else {
            element.observeStale(at);
        }
        keep(key, element, evaluation);
        return Outcome.FORWARDED;
    }

    private void evaluateDue(long now) {
        long until = (now - lastInput >= delay ? now : eventTime) - delay;
        try (KeyValueIterator<String, Element> all = elements.all()) {
            while (all.hasNext()) {
                KeyValue<String, Element> each = all.next();
                RuleEvaluation evaluation = evaluations.get(each.key.substring(0, each.key.indexOf('/')));
                if (evaluation == null) {
                    // The rule is gone; nobody renews its alerts any more, and so they end.
                    elements.delete(each.key);
                } else if (evaluation.isDue(each.value, until)) {
                    evaluation.evaluate(each.value, until, change -> publish(evaluation, change));
                    keep(each.key, each.value, evaluation);
                }
            }
        }
    }

    private void keep(String key, Element element, RuleEvaluation evaluation) {
        if (evaluation.isWorthKeeping(element)) {
            elements.put(key, element);
        } else {
            elements.delete(key);
        }
    }

    private void publish(RuleEvaluation evaluation, AlertChange change) {
        long now = context.currentSystemTimeMs();
        long lease = LEASE_FACTOR * Math.max(evaluation.rule().interval().toMillis(), resendMillis);
        String fingerprint = Fingerprint.of(change.labels());
        Alert alert = Alert.newBuilder()
                .setTenant(change.tenant())
                .setFingerprint(fingerprint)
                .setLabels(change.labels())
                .setAnnotations(change.annotations())
                .setStartsAtUnixNano(TimeUnit.MILLISECONDS.toNanos(change.startsAt()))
                // The end of an alert that fires is no result but a promise to renew it, hence by the wall clock.
                .setEndsAtUnixNano(TimeUnit.MILLISECONDS.toNanos(change.endsAt().orElse(now + lease)))
                .setUpdatedAtUnixNano(TimeUnit.MILLISECONDS.toNanos(
                        Math.max(now, change.endsAt().orElse(now))))
                .build();
        context.forward(new Record<>(AlertKey.of(change.tenant(), fingerprint), alert, now), AlertTopology.ALERTS);
    }
}
