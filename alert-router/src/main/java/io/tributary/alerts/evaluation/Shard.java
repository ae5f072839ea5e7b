package io.tributary.alerts.evaluation;

import io.tributary.alerts.planning.GroupPlan;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.retention.Appended;
import io.tributary.alerts.retention.SampleStore;
import io.tributary.alerts.retention.StoredSeries;
import io.tributary.alerts.series.PointSamples;
import io.tributary.alerts.series.PointSamples.Sample;
import io.tributary.alerts.state.StateBytes;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.evaluation.Evaluation;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Value;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.Tenant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One of the places in which groups are evaluated: the series that were routed to it, and the groups that see them.
 * What comes out of it depends on what came in and in which order, not on when: replaying gives the same.
 *
 * <p>A group is evaluated at an instant once all partitions of the metrics topic are past it, or have been waited for
 * long enough. A sample that comes after that is seen by later evaluations. For one thread.
 */
public final class Shard {
    private static final String PROGRESS = "progress";
    /** Silence longer than this is not gone through instant by instant: nobody was there to watch. */
    private static final long LONGEST_SILENCE = TimeUnit.MINUTES.toMillis(1);

    private static final long SWEEP_EVERY = TimeUnit.MINUTES.toMillis(1);
    private static final long RENEW_EVERY = TimeUnit.SECONDS.toMillis(10);

    /**
     * Where the shard stands.
     *
     * @param partition its number
     * @param partitions how many shards there are
     * @param sources how many partitions the metrics topic has
     */
    public record Place(int partition, int partitions, int sources) {}

    /**
     * How the shard evaluates.
     *
     * @param rules the rules in force, which may change at any time
     * @param nanoTime measures how long evaluations take
     */
    public record Setup(
            Supplier<RuleSet> rules, GroupEvaluator evaluator, EvaluationSettings settings, LongSupplier nanoTime) {}

    private final Place place;
    private final Setup setup;
    private final SampleStore store;
    private final StateLog log;
    private final GroupStates states;
    private final Output out;
    private final Progress progress;
    private final Patience patience;
    private final ShardGroups groups;
    private RuleSet rules;
    /** Up to when everything was evaluated; 0 if nothing was. */
    private long doneUntil;

    private long sweptAt;
    private long renewedAt;

    /** A shard that goes on where the store and the log say that it was. */
    public Shard(Place place, Setup setup, SampleStore store, StateLog log, Output out) {
        this.place = place;
        this.setup = setup;
        this.store = store;
        this.log = log;
        this.states = new GroupStates(log);
        this.groups = new ShardGroups(setup.settings(), states);
        this.out = out;
        this.patience = new Patience(setup.settings().longestWait().toNanos());
        byte[] saved = log.get(PROGRESS);
        this.progress = saved == null ? new Progress() : StateBytes.decode(saved, Progress.CODEC);
        take(setup.rules().get());
        if (groups.next() != ShardGroup.NOT_YET) {
            doneUntil = groups.next() - 1;
        } else {
            // Whatever groups there were have been evaluated: those that are new begin now, and not with time.
            doneUntil = progress.completeUntil(place.sources()).orElse(0);
        }
    }

    /** Takes over other rules if there are any. Groups that did not change go on as they were. */
    public void refresh() {
        RuleSet current = setup.rules().get();
        if (current != rules) {
            take(current);
        }
    }

    private void take(RuleSet current) {
        rules = current;
        groups.all().forEach(group -> out.gone(group.reportKey(place.partition())));
        groups.clear();
        Map<String, GroupPlan> plans = new TreeMap<>();
        rules.groups().forEach(plan -> plans.put(plan.key(), plan));
        Map<String, GroupState> left = new LinkedHashMap<>();
        for (String key : log.keys()) {
            if (GroupStates.isTime(key)) {
                left.put(key, resume(key, plans.get(GroupStates.group(key))));
            }
        }
        rules.groups().stream()
                .filter(plan -> !plan.isSplit() && isHere(plan.place(Tenant.DEFAULT)))
                .forEach(plan -> groups.of(Tenant.DEFAULT, plan));
        List<StoredSeries> unwanted = new ArrayList<>();
        for (StoredSeries series : store.series()) {
            List<GroupPlan> owners = owners(series.tenant(), series.labels());
            if (owners.isEmpty()) {
                unwanted.add(series);
            } else {
                attach(series, owners);
            }
        }
        store.remove(unwanted);
        left.forEach((key, state) -> GroupEvaluator.abandon(state, Math.max(doneUntil, state.evaluatedAt() + 1))
                .forEach(sample -> write(GroupStates.tenant(key), sample)));
    }

    /**
     * Goes on with a group that has a state, as far as it is neither gone nor belongs elsewhere now, and returns what
     * it does not go on with.
     */
    private GroupState resume(String key, GroupPlan plan) {
        String tenant = GroupStates.tenant(key);
        if (plan == null) {
            GroupState state = states.load(key).state();
            states.remove(key);
            return state;
        }
        boolean stays = plan.isSplit() || isHere(plan.place(tenant));
        ShardGroup group = stays ? groups.of(tenant, plan) : new ShardGroup(tenant, plan, setup.settings(), states);
        GroupState left = group.leave(labels -> isHere(plan.place(tenant, labels)), out);
        if (stays) {
            out.evaluated(group.report(place.partition()));
        } else {
            states.remove(key);
        }
        return left;
    }

    private boolean isHere(int hash) {
        return Math.floorMod(hash, place.partitions()) == place.partition();
    }

    /** The groups that see the series here. */
    private List<GroupPlan> owners(String tenant, Labels labels) {
        List<GroupPlan> owners = new ArrayList<>();
        for (int owner : rules.wantedBy(labels)) {
            GroupPlan plan = rules.groups().get(owner);
            if (isHere(plan.place(tenant, labels))) {
                owners.add(plan);
            }
        }
        return owners;
    }

    private void attach(StoredSeries series, List<GroupPlan> owners) {
        long back = 0;
        for (GroupPlan plan : owners) {
            groups.of(series.tenant(), plan).view().add(series);
            back = Math.max(back, plan.back());
        }
        series.back(back);
    }

    /** Takes a point, and tells what became of its samples; nothing if no group here wants any of them. */
    public Set<Appended> point(MetricPoint point) {
        long time = TimeUnit.NANOSECONDS.toMillis(point.getTimeUnixNano());
        Set<Appended> outcomes = EnumSet.noneOf(Appended.class);
        for (Sample sample : PointSamples.of(point)) {
            append(point.getTenant(), sample, time, outcomes);
        }
        if (PointSamples.isStaleFamily(point)) {
            for (String name : PointSamples.familyNames(point)) {
                for (StoredSeries series : store.named(name)) {
                    if (series.tenant().equals(point.getTenant()) && PointSamples.isOfFamily(point, series.labels())) {
                        outcomes.add(store.append(series, time, Samples.STALE, null));
                    }
                }
            }
        }
        return outcomes;
    }

    private void append(String tenant, Sample sample, long time, Set<Appended> outcomes) {
        SeriesId id = id(tenant, sample.labels());
        StoredSeries series = store.get(id);
        if (series == null) {
            List<GroupPlan> owners = owners(tenant, sample.labels());
            if (owners.isEmpty()) {
                return;
            }
            series = store.create(id, tenant, sample.labels()).orElse(null);
            if (series == null) {
                outcomes.add(Appended.NO_ROOM);
                return;
            }
            attach(series, owners);
            start(tenant, owners, time);
        }
        outcomes.add(store.append(series, time, sample.value(), sample.histogram()));
        store.expire(series, doneUntil - series.back());
    }

    private static SeriesId id(String tenant, Labels labels) {
        return SeriesId.ofSorted(tenant, labels.get(Labels.NAME), labels.drop(Labels.NAME)::forEach);
    }

    /** Groups that come to be with their first sample are evaluated from its time on. */
    private void start(String tenant, List<GroupPlan> owners, long time) {
        for (GroupPlan plan : owners) {
            ShardGroup group = groups.of(tenant, plan);
            if (group.next() == ShardGroup.NOT_YET && (plan.isSplit() || !tenant.equals(Tenant.DEFAULT))) {
                groups.startAfter(group, Math.max(doneUntil, time - 1));
            }
        }
    }

    /**
     * Notes that a partition of the metrics topic has brought all samples up to a time.
     *
     * @param until in milliseconds since the epoch
     * @param idle whether the wall clock says so, since there are no samples
     */
    public void progress(int source, long until, boolean idle) {
        OptionalLong before = complete();
        progress.advance(source, until, idle);
        patience.note(setup.nanoTime().getAsLong(), progress.all());
        log.put(PROGRESS, StateBytes.encode(progress, Progress.CODEC));
        OptionalLong complete = complete();
        if (complete.isEmpty()) {
            return;
        }
        begin();
        long silentSince = Math.max(before.orElse(complete.getAsLong()), progress.dataUntil());
        if (idle && complete.getAsLong() - silentSince > LONGEST_SILENCE) {
            work(silentSince, () -> true);
            groups.reschedule(group -> group.skipTo(complete.getAsLong()));
        }
    }

    /** Up to when instants can be evaluated; empty while that is not known. */
    private OptionalLong complete() {
        OptionalLong all = progress.completeUntil(place.sources());
        long allowed = patience.allowed();
        return allowed == Long.MIN_VALUE ? all : OptionalLong.of(Math.max(allowed, all.orElse(allowed)));
    }

    private void begin() {
        if (groups.all().stream().anyMatch(group -> group.next() == ShardGroup.NOT_YET)) {
            long after = doneUntil == 0 ? progress.begin() - 1 : doneUntil;
            groups.reschedule(group -> {
                if (group.next() == ShardGroup.NOT_YET) {
                    group.startAfter(after);
                }
            });
        }
    }

    /**
     * Evaluates what is due, in the order of time.
     *
     * @param mayGoOn asked before each evaluation; those that are left are made next time
     * @return whether nothing is left
     */
    public boolean work(BooleanSupplier mayGoOn) {
        OptionalLong complete = complete();
        if (complete.isEmpty()) {
            return true;
        }
        begin();
        return work(complete.getAsLong(), mayGoOn);
    }

    /**
     * Says again what fires where no evaluation has said it for long; to be called every few seconds.
     *
     * @param now by the wall clock, in milliseconds since the epoch
     */
    public void renew(long now) {
        if (now - renewedAt >= RENEW_EVERY) {
            renewedAt = now;
            groups.all().forEach(group -> group.renew(now, out));
        }
    }

    private boolean work(long until, BooleanSupplier mayGoOn) {
        while (groups.next() <= until) {
            if (!mayGoOn.getAsBoolean()) {
                return false;
            }
            evaluate(groups.take());
        }
        doneUntil = Math.max(doneUntil, until);
        if (doneUntil - SWEEP_EVERY >= sweptAt) {
            sweptAt = doneUntil;
            sweep();
        }
        return true;
    }

    private void evaluate(ShardGroup group) {
        if (group.isEmpty()) {
            forget(group);
            return;
        }
        long started = setup.nanoTime().getAsLong();
        doneUntil = Math.max(doneUntil, group.next());
        Evaluation evaluation = group.evaluate(setup.evaluator(), out);
        groups.done(group);
        evaluation.samples().forEach(sample -> write(group.tenant(), sample));
        out.evaluated(
                group.report(place.partition(), evaluation, setup.nanoTime().getAsLong() - started));
    }

    /** What a rule wrote is seen here at once; others see it when it has come around through the metrics topic. */
    private void write(String tenant, Value.Sample sample) {
        out.sample(tenant, sample);
        NativeHistogram histogram = sample.histogram();
        double value = histogram == null ? sample.value() : histogram.sum();
        append(tenant, new Sample(sample.labels(), value, histogram), sample.time(), EnumSet.noneOf(Appended.class));
    }

    private void forget(ShardGroup group) {
        groups.forget(group);
        out.gone(group.reportKey(place.partition()));
    }

    /**
     * Forgets series that ended so long ago that nobody looks back at them, and old samples of those that are quiet.
     */
    private void sweep() {
        List<StoredSeries> ended = new ArrayList<>();
        for (StoredSeries series : store.series()) {
            long before = doneUntil - series.back();
            if (series.last() < before) {
                ended.add(series);
            } else {
                store.expire(series, before);
            }
        }
        if (!ended.isEmpty()) {
            store.remove(ended);
            groups.all().forEach(group -> group.view().removeGone());
        }
    }

    /** Up to when everything was evaluated, in milliseconds since the epoch; 0 if nothing was. */
    long doneUntil() {
        return doneUntil;
    }

    /** Has its groups reported no longer; not to be used afterwards. */
    public void close() {
        groups.all().forEach(group -> out.gone(group.reportKey(place.partition())));
    }
}
