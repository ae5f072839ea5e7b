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
import org.junit.jupiter.api.Test;

/** Times are in seconds since the start; the group "g" is evaluated every 10, from the start on; two partitions. */
class ShardTest {
    private static final long START =
            Instants.of("f.yml", "g", Duration.ofSeconds(10)).after(1_700_000_000_000L);

    private final SortedMap<byte[], byte[]> chunks = new TreeMap<>(Arrays::compareUnsigned);
    private final Map<String, byte[]> states = new TreeMap<>();
    private final List<String> alerts = new ArrayList<>();
    private final List<String> samples = new ArrayList<>();
    private EvaluationSettings settings = settings(NoData.KEEP_FIRING);
    private RuleSet rules;
    private Shard shard;
    private long nanos;

    @Test
    void anInstantIsEvaluatedOnceAllPartitionsArePastIt() {
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        shard.progress(0, at(30), false);
        work();
        assertThat(alerts).isEmpty();
        shard.progress(1, at(10), false);
        work();
        assertThat(alerts).containsExactly("High a firing since 10");
    }

    @Test
    void aPartitionThatIsBehindIsWaitedForOnlySoLong() {
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        shard.progress(1, at(5), false);
        nanos += TimeUnit.SECONDS.toNanos(20);
        shard.progress(0, at(30), false);
        for (int second = 0; second < 300; second += 10) {
            shard.progress(0, at(40 + second), false);
            work();
            assertThat(alerts).isEmpty();
            nanos += TimeUnit.SECONDS.toNanos(10);
        }
        shard.progress(0, at(340), false);
        work();
        assertThat(alerts).containsExactly("High a firing since 10");
    }

    @Test
    void aPartitionThatCatchesUpIsWaitedForHoweverLong() {
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        shard.progress(1, at(5), false);
        for (int i = 0; i < 120; i++) {
            shard.progress(0, at(7200 + 10L * i), true);
            shard.progress(1, at(5 + 30L * i), false);
            work();
            nanos += TimeUnit.SECONDS.toNanos(10);
        }
        assertThat(shard.doneUntil()).isEqualTo(at(5 + 30 * 119));
    }

    /** As while Kafka is away: whoever speaks first afterwards must not leave behind those that had no chance to. */
    @Test
    void timeInWhichNoPartitionWasHeardOfIsNotWaitedFor() {
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        shard.progress(1, at(5), false);
        nanos += TimeUnit.SECONDS.toNanos(20);
        shard.progress(0, at(300), false);
        nanos += TimeUnit.HOURS.toNanos(1);
        shard.progress(0, at(3900), true);
        work();
        assertThat(alerts).isEmpty();
        load(9, "a", 1);
        shard.progress(1, at(3900), true);
        work();
        assertThat(alerts).isEmpty();
    }

    @Test
    void aReplayGivesTheSameAtTheSameTimes() {
        start("{alert: High, expr: load > 5, for: 20s}", "{record: twice, expr: 2 * load}");
        feed(1);
        List<String> once = List.copyOf(alerts);
        List<String> written = List.copyOf(samples);
        assertThat(once).contains("High a firing since 70", "High a resolved at 120");
        alerts.clear();
        samples.clear();
        chunks.clear();
        states.clear();
        restart();
        feed(40);
        assertThat(alerts).isEqualTo(once);
        assertThat(samples).isEqualTo(written);
    }

    /** Samples every 5 seconds, evaluations as late as every so many of them. */
    private void feed(int workEvery) {
        for (int i = 0; i < 60; i++) {
            load(5L * i, "a", i >= 10 && i < 24 ? 9 : 1);
            shard.progress(0, at(5L * i), false);
            shard.progress(1, at(5L * i), false);
            if (i % workEvery == 0) {
                work();
            }
        }
        work();
    }

    @Test
    void aRestartInTheMidstChangesNothing() {
        start("{alert: High, expr: 'avg_over_time(load[30s]) > 5', for: 20s}", "{record: twice, expr: 2 * load}");
        feed(1);
        List<String> once = List.copyOf(alerts);
        List<String> written = List.copyOf(samples);
        alerts.clear();
        samples.clear();
        chunks.clear();
        states.clear();
        restart();
        for (int i = 0; i < 60; i++) {
            load(5L * i, "a", i >= 10 && i < 24 ? 9 : 1);
            shard.progress(0, at(5L * i), false);
            shard.progress(1, at(5L * i), false);
            work();
            restart();
        }
        assertThat(samples).isEqualTo(written);
        // A firing alert is told of again after each restart, which receivers do not notice.
        assertThat(alerts.stream().distinct())
                .isEqualTo(once.stream().distinct().toList());
    }

    @Test
    void aLateSampleIsSeenByTheNextEvaluation() {
        start("{record: twice, expr: 2 * load}");
        load(1, "a", 3);
        bothAt(10);
        assertThat(load(9, "a", 4)).containsExactly(Appended.STORED);
        assertThat(load(8, "a", 5)).containsExactly(Appended.OUT_OF_ORDER);
        bothAt(20);
        assertThat(samples).containsExactly("twice a 6.0 at 10", "twice a 8.0 at 20");
    }

    @Test
    void aSampleThatIsAheadIsNotSeenBeforeItsTime() {
        start("{record: twice, expr: 2 * load}");
        load(1, "a", 3);
        load(11, "a", 4);
        bothAt(20);
        assertThat(samples).containsExactly("twice a 6.0 at 10", "twice a 8.0 at 20");
    }

    @Test
    void silenceIsNoDataAndNotResolvedAndEndsWithASample() {
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        bothAt(310);
        assertThat(alerts).last().isEqualTo("High a firing since 10 no data since 310");
        load(311, "a", 1);
        bothAt(320);
        assertThat(alerts).last().isEqualTo("High a resolved at 320");
    }

    @Test
    void whatComesAfterTheInstantNeitherEndsNorMakesSilence() {
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        bothAt(310);
        load(323, "a", 9);
        bothAt(320);
        assertThat(alerts).last().isEqualTo("High a firing since 10 no data since 310");
        bothAt(330);
        assertThat(alerts).last().isEqualTo("High a firing since 330");

        load(335, "a", 1);
        stale(342, "a");
        bothAt(340);
        assertThat(alerts).last().isEqualTo("High a resolved at 340");
    }

    @Test
    void dataOfAnotherRuleOfTheSameNameEndsNoSilence() {
        start(
                "{alert: High, expr: \"sum(load{host='a'}) > 5\", labels: {host: a}}",
                "{alert: High, expr: \"sum(load{host='b'}) > 5\", labels: {host: b}}");
        load(1, "a", 9);
        bothAt(10);
        load(305, "b", 1);
        bothAt(310);
        assertThat(alerts).last().isEqualTo("High a firing since 10 no data since 310");
        restart();
        bothAt(320);
        assertThat(alerts).last().isEqualTo("High a firing since 10 no data since 310");
        rules = set("{alert: High, expr: \"sum(load{host='b'}) > 5\", labels: {host: b}}");
        alerts.clear();
        restart();
        bothAt(330);
        assertThat(alerts).as("its rule is gone").isEmpty();
    }

    @Test
    void aGroupThatIsNewBeginsNowAndNotWithTime() {
        start("{record: one, expr: vector(1)}");
        bothAt(10);
        bothAt(7200);
        samples.clear();
        rules = group("h", "{record: one, expr: vector(1)}");
        restart();
        bothAt(7210);
        assertThat(samples.stream().filter(sample -> sample.contains("1.0")))
                .isNotEmpty()
                .hasSizeLessThan(3)
                .allMatch(sample -> Long.parseLong(sample.substring(sample.lastIndexOf(' ') + 1)) > 7200);
    }

    @Test
    void whatFiresIsSaidAgainWhileEvaluationsWait() {
        start("{alert: High, expr: load > 5}", "{alert: Low, expr: load < 5}");
        load(1, "a", 9);
        bothAt(310);
        alerts.clear();
        for (long hour = 0; hour < 200; hour++) {
            shard.renew(at(3600 * hour));
        }
        assertThat(alerts).isNotEmpty().containsOnly("High a firing since 10 no data since 310");
        load(311, "a", 1);
        bothAt(320);
        alerts.clear();
        shard.renew(at(3600 * 201));
        assertThat(alerts).as("Low was just said").isEmpty();
    }

    @Test
    void aSeriesThatIsMarkedStaleIsNoDataUnlessOthersOfItsAlertHaveData() {
        start("{alert: Sum, expr: sum(load) > 5}", "{alert: High, expr: load > 5}");
        load(1, "a", 9);
        load(1, "b", 1);
        bothAt(10);
        stale(11, "a");
        bothAt(20);
        assertThat(alerts).contains("Sum  resolved at 20", "High a firing since 10 no data since 20");
    }

    @Test
    void noDataEndsAfterItsRetention() {
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        bothAt(310);
        bothAt(909);
        assertThat(alerts).noneMatch(alert -> alert.contains("resolved"));
        bothAt(910);
        assertThat(alerts).last().isEqualTo("High a resolved at 910 no data since 310");
    }

    @Test
    void withTheOtherChoiceSilenceResolvesAsInPrometheus() {
        settings = settings(NoData.RESOLVE);
        start("{alert: High, expr: load > 5}");
        load(1, "a", 9);
        bothAt(310);
        assertThat(alerts).last().isEqualTo("High a resolved at 310");
    }

    @Test
    void silenceThatNobodyWatchedIsNotGoneThrough() {
        start("{alert: High, expr: load > 5}", "{record: one, expr: vector(1)}");
        load(1, "a", 9);
        bothAt(10);
        samples.clear();
        restart();
        shard.progress(0, at(7200), true);
        shard.progress(1, at(7200), true);
        work();
        assertThat(samples.stream().filter(sample -> sample.startsWith("one"))).hasSize(1);
        assertThat(alerts).last().isEqualTo("High a firing since 10 no data since 7200");
    }

    @Test
    void groupsThatAreGoneEndTheirSeriesAndGiveUpTheirSamples() {
        start("{record: twice, expr: 2 * load}");
        load(1, "a", 3);
        bothAt(10);
        rules = set();
        shard.refresh();
        assertThat(samples).containsExactly("twice a 6.0 at 10", "twice a stale at 10");
        assertThat(chunks).isEmpty();
        assertThat(states.keySet()).containsExactly("progress");
    }

    @Test
    void seriesThatNobodyLooksBackAtAnyMoreAreForgotten() {
        start("{record: twice, expr: 2 * load}");
        load(1, "a", 3);
        bothAt(10);
        assertThat(chunks).isNotEmpty();
        bothAt(400);
        assertThat(chunks).isEmpty();
    }

    private void start(String... texts) {
        rules = set(texts);
        restart();
    }

    private void restart() {
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
        GroupEvaluator evaluator = new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE);
        shard = new Shard(
                new Shard.Place(0, 1, 2),
                new Shard.Setup(() -> rules, evaluator, settings, () -> nanos),
                store,
                new MapLog(states),
                new Notes());
    }

    private static RuleSet set(String... texts) {
        return group("g", texts);
    }

    private static RuleSet group(String group, String... texts) {
        String rules = String.join(
                "\n", Arrays.stream(texts).map(text -> "      - " + text).toList());
        String file = "groups:\n  - name: " + group + "\n    interval: 10s\n    rules:\n" + rules;
        return RuleSet.of(
                texts.length == 0 ? List.of() : new RuleFiles(RuleFileOptions.DEFAULT).read("f.yml", file),
                EngineOptions.DEFAULT);
    }

    private static EvaluationSettings settings(NoData noData) {
        return new EvaluationSettings(
                Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofDays(1), noData, Duration.ofMinutes(10));
    }

    private Set<Appended> load(long second, String host, double value) {
        return shard.point(point(second, host).setValue(value).build());
    }

    private void stale(long second, String host) {
        shard.point(point(second, host).setValue(null).build());
    }

    private static MetricPoint.Builder point(long second, String host) {
        return MetricPoint.newBuilder()
                .setName("load")
                .setLabels(Map.of("host", host))
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(at(second)));
    }

    private void bothAt(long second) {
        shard.progress(0, at(second), false);
        shard.progress(1, at(second), false);
        work();
    }

    private void work() {
        assertThat(shard.work(() -> true)).isTrue();
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
