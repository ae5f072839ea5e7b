package io.tributary.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.evaluation.EvaluationSettings.NoData;
import io.tributary.alerts.planning.Instants;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.retention.Appended;
import io.tributary.alerts.retention.ChunkLog;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.retention.SampleStore;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.evaluation.External;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Value;
import io.tributary.schemas.avro.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The only shard there is, and what comes out of it as texts. Times are in seconds since the start; the group "g" is
 * evaluated every 10, from the start on; the metrics topic has two partitions; want of data is kept for 600.
 */
final class ShardDriver {
    private static final long START =
            Instants.of("f.yml", "g", Duration.ofSeconds(10)).after(1_700_000_000_000L);

    private final SortedMap<byte[], byte[]> chunks = new TreeMap<>(Arrays::compareUnsigned);
    private final Map<String, byte[]> states = new TreeMap<>();
    private final List<String> alerts = new ArrayList<>();
    private final List<String> samples = new ArrayList<>();
    private NoData noData = NoData.KEEP_FIRING;
    private RuleSet rules;
    private Shard shard;
    private long nanos;

    /** What becomes of alerts without data, from the next start on; at first they fire on. */
    void noDataIs(NoData choice) {
        noData = choice;
    }

    /** Begins with these rules, each in YAML's short form. */
    void start(String... texts) {
        rulesAre(texts);
        restart();
    }

    /** From the next refresh or restart on, the group has these rules; if there are none, there is no group. */
    void rulesAre(String... texts) {
        groupIs("g", texts);
    }

    /** The same, with another group in its place. */
    void groupIs(String group, String... texts) {
        String list = String.join(
                "\n", Arrays.stream(texts).map(text -> "      - " + text).toList());
        String file = "groups:\n  - name: " + group + "\n    interval: 10s\n    rules:\n" + list;
        rules = RuleSet.of(
                texts.length == 0 ? List.of() : new RuleFiles(RuleFileOptions.DEFAULT).read("f.yml", file),
                EngineOptions.DEFAULT);
    }

    void refresh() {
        shard.refresh();
    }

    /** Goes on with what it has written. */
    void restart() {
        SampleStore store = new SampleStore(
                new ChunkLog() {
                    @Override
                    public void put(byte[] key, byte[] value) {
                        chunks.put(key, value);
                    }

                    @Override
                    public void delete(byte[] key) {
                        chunks.remove(key);
                    }
                },
                new MemoryBudget(1 << 20));
        new TreeMap<>(chunks).forEach(store::restore);
        EvaluationSettings settings = new EvaluationSettings(
                Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofDays(1), noData, Duration.ofMinutes(10));
        GroupEvaluator evaluator = new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE);
        shard = new Shard(
                new Shard.Place(0, 1, 2),
                new Shard.Setup(() -> rules, evaluator, settings, () -> nanos),
                store,
                new MapLog(states),
                new Notes());
    }

    /** Forgets everything, also what came out, and begins again with the same rules. */
    void startAnew() {
        alerts.clear();
        samples.clear();
        chunks.clear();
        states.clear();
        restart();
    }

    /** What was said of alerts: name, host, and since when it fires or when it was resolved. */
    List<String> alerts() {
        return alerts;
    }

    /** What rules wrote, those of alerts aside: name, host, value and time. */
    List<String> samples() {
        return samples;
    }

    /** The samples that it keeps. */
    Map<byte[], byte[]> chunks() {
        return chunks;
    }

    /** What else it keeps. */
    Map<String, byte[]> states() {
        return states;
    }

    /** A sample of the metric {@code load}. */
    Set<Appended> load(long second, String host, double value) {
        return shard.point(point(second, Map.of("host", host)).setValue(value).build());
    }

    /** The same, of a host that is in a zone. */
    void load(long second, String host, String zone, double value) {
        shard.point(point(second, Map.of("host", host, "zone", zone))
                .setValue(value)
                .build());
    }

    /** The series of that host ends. */
    void stale(long second, String host) {
        shard.point(point(second, Map.of("host", host)).setValue(null).build());
    }

    /** The series of that host in that zone ends. */
    void stale(long second, String host, String zone) {
        shard.point(
                point(second, Map.of("host", host, "zone", zone)).setValue(null).build());
    }

    private static MetricPoint.Builder point(long second, Map<String, String> labels) {
        return MetricPoint.newBuilder()
                .setName("load")
                .setLabels(labels)
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(at(second)));
    }

    /** The clock that measures waiting goes on by this. */
    void waits(Duration time) {
        nanos += time.toNanos();
    }

    void progress(int source, long second, boolean idle) {
        shard.progress(source, at(second), idle);
    }

    /** Both partitions are complete up to then, and everything is evaluated. */
    void bothAt(long second) {
        progress(0, second, false);
        progress(1, second, false);
        work();
    }

    void work() {
        assertThat(shard.work(() -> true)).isTrue();
    }

    void renew(long second) {
        shard.renew(at(second));
    }

    /** Up to when everything was evaluated. */
    long doneUntil() {
        return second(shard.doneUntil());
    }

    private static long at(long second) {
        return START + 1000 * second;
    }

    private static long second(long millis) {
        return (millis - START) / 1000;
    }

    private final class Notes implements Output {
        @Override
        public void alert(AlertChange change) {
            String since = change.annotations().get(Held.NO_DATA);
            alerts.add(change.labels().get("alertname")
                    + ' '
                    + change.labels().getOrDefault("host", "")
                    + (change.endsAt().isPresent()
                            ? " resolved at " + second(change.endsAt().getAsLong())
                            : " firing since " + second(change.startsAt()))
                    + (since == null
                            ? ""
                            : " no data since " + second(Instant.parse(since).toEpochMilli())));
        }

        @Override
        public void sample(String tenant, Value.Sample sample) {
            if (!sample.labels().get("__name__").startsWith("ALERTS")) {
                samples.add(
                        sample.labels().get("__name__") + ' ' + sample.labels().get("host") + ' '
                                + (Samples.isStale(sample.value()) ? "stale" : sample.value()) + " at "
                                + second(sample.time()));
            }
        }

        @Override
        public void evaluated(GroupReport report) {}

        @Override
        public void gone(GroupReport.Key group) {}
    }
}
