package io.tributary.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.evaluation.EvaluationSettings.NoData;
import io.tributary.alerts.planning.Instants;
import io.tributary.alerts.planning.RuleSet;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules that change where alerts belong, in three shards. Times are in seconds since the start; the group is evaluated
 * every 10, from the start on. It becomes split, or whole. Every shard is offered every sample, as if it had been
 * routed there.
 */
class ShardMoveTest {
    private static final long START =
            Instants.of("f.yml", "g", Duration.ofSeconds(10)).after(1_700_000_000_000L);
    private static final int SHARDS = 3;
    private static final List<String> HOSTS = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    /** Each host for itself. */
    private static final RuleSet SPLIT = rules("{alert: High, expr: load > 5, for: 20m}");
    /** A sum over all hosts can be made in one place only, and takes the whole group there. */
    private static final RuleSet WHOLE =
            rules("{alert: High, expr: load > 5, for: 20m}", "{record: total, expr: sum(load)}");

    private record Word(int shard, long second, AlertChange change) {
        private String host() {
            return change.labels().get("host");
        }
    }

    private final List<Word> words = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<Shard> shards = new ArrayList<>();
    private final Map<Integer, Map<String, byte[]>> states = new HashMap<>();
    private final Map<Integer, SampleStore> stores = new HashMap<>();
    private RuleSet rules;
    private NoData noData = NoData.KEEP_FIRING;
    private long now;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFiresLivesInItsNewShardAloneAndIsNotEndedOnTheWay(boolean split) {
        Map<String, Integer> homes = fireAndMove(split);
        long moved = now;
        run(2400, 9);
        assertThat(words)
                .as("nothing was resolved or fell silent")
                .allMatch(word -> word.change().endsAt().isEmpty())
                .noneMatch(word -> word.change().annotations().containsKey(Held.NO_DATA));
        Map<String, Integer> others = homes();
        assertThat(others.keySet()).containsExactlyElementsOf(HOSTS);
        assertThat(others).isNotEqualTo(homes);
        for (String host : HOSTS) {
            List<Word> since = words.stream()
                    .filter(word -> word.host().equals(host) && word.second() >= moved)
                    .toList();
            assertThat(since.stream().filter(word -> word.second() > moved).map(Word::shard))
                    .as("who speaks of %s", host)
                    .containsOnly(others.get(host));
            assertThat(unbroken(since, moved)).as("%s fires all the time", host).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsEndIsSaidOnceAndByItsNewShard(boolean split) {
        fireAndMove(split);
        run(2400, 9);
        Map<String, Integer> homes = homes();
        words.clear();
        run(600, 1);
        assertThat(words.stream().filter(word -> word.change().endsAt().isPresent()))
                .extracting(word -> word.host() + word.shard())
                .containsExactlyInAnyOrderElementsOf(
                        HOSTS.stream().map(host -> host + homes.get(host)).toList());
        assertThat(words)
                .last()
                .satisfies(word -> assertThat(word.change().endsAt()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silenceIsNotResolvedByAMove(boolean split) {
        rules = split ? WHOLE : SPLIT;
        start();
        run(1300, 9);
        silence(600);
        assertThat(words)
                .last()
                .satisfies(word -> assertThat(word.change().annotations()).containsKey(Held.NO_DATA));
        words.clear();
        rules = split ? SPLIT : WHOLE;
        shards.forEach(Shard::refresh);
        silence(1000);
        assertThat(words).noneMatch(word -> word.change().endsAt().isPresent());
        assertThat(words.stream().map(Word::host).distinct()).containsExactlyInAnyOrderElementsOf(HOSTS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMoveIsNoEndAlsoWhereSilenceIs(boolean split) {
        noData = NoData.RESOLVE;
        fireAndMove(split);
        run(2400, 9);
        assertThat(words).allMatch(word -> word.change().endsAt().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestartWithOtherRulesIsAMove(boolean split) {
        rules = split ? WHOLE : SPLIT;
        start();
        run(1300, 9);
        rules = split ? SPLIT : WHOLE;
        List<String> before = List.copyOf(ended);
        stores.clear();
        start();
        run(2400, 9);
        assertThat(words)
                .allMatch(word -> word.change().endsAt().isEmpty())
                .noneMatch(word -> word.change().annotations().containsKey(Held.NO_DATA));
        assertThat(ended).as("series of alerts that fire elsewhere now").hasSizeGreaterThan(before.size());
    }

    private Map<String, Integer> fireAndMove(boolean split) {
        rules = split ? WHOLE : SPLIT;
        start();
        run(1300, 9);
        Map<String, Integer> homes = homes();
        assertThat(homes.keySet()).as("all fire").containsExactlyElementsOf(HOSTS);
        words.clear();
        rules = split ? SPLIT : WHOLE;
        shards.forEach(Shard::refresh);
        return homes;
    }

    /** Who spoke last of each host. */
    private Map<String, Integer> homes() {
        Map<String, Integer> homes = new TreeMap<>();
        words.forEach(word -> homes.put(word.host(), word.shard()));
        return homes;
    }

    /**
     * Whether the first word came at this time, each of the others while one before still held, and one still holds.
     */
    private boolean unbroken(List<Word> said, long from) {
        long until = from;
        for (Word word : said) {
            if (word.second() > until) {
                return false;
            }
            until = Math.max(until, word.second() + word.change().lease() / 1000);
        }
        return until >= now;
    }

    private void start() {
        shards.clear();
        for (int i = 0; i < SHARDS; i++) {
            int number = i;
            EvaluationSettings settings = new EvaluationSettings(
                    Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(1), noData, Duration.ofDays(1));
            GroupEvaluator evaluator = new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE);
            shards.add(new Shard(
                    new Shard.Place(i, SHARDS, 1),
                    new Shard.Setup(() -> rules, evaluator, settings, () -> 0),
                    stores.computeIfAbsent(i, unseen -> new SampleStore(new Nothing(), new MemoryBudget(1 << 20))),
                    new MapLog(states.computeIfAbsent(i, unseen -> new TreeMap<>())),
                    new Notes(number)));
        }
    }

    /** Samples of all hosts every 10 seconds. */
    private void run(long seconds, double load) {
        for (long end = now + seconds; now < end; now += 10) {
            for (String host : HOSTS) {
                for (Shard shard : shards) {
                    shard.point(MetricPoint.newBuilder()
                            .setName("load")
                            .setLabels(Map.of("host", host))
                            .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(START + 1000 * now))
                            .setValue(load)
                            .build());
                }
            }
            evaluate();
        }
    }

    private void silence(long seconds) {
        for (long end = now + seconds; now < end; now += 10) {
            evaluate();
        }
    }

    private void evaluate() {
        for (Shard shard : shards) {
            shard.progress(0, START + 1000 * now, false);
            assertThat(shard.work(() -> true)).isTrue();
        }
    }

    private static RuleSet rules(String... texts) {
        String list = String.join(
                "\n", Stream.of(texts).map(text -> "      - " + text).toList());
        return RuleSet.of(
                new RuleFiles(RuleFileOptions.DEFAULT)
                        .read("f.yml", "groups:\n  - name: g\n    interval: 10s\n    rules:\n" + list),
                EngineOptions.DEFAULT);
    }

    private static final class Nothing implements ChunkLog {
        @Override
        public void put(byte[] key, byte[] value) {}

        @Override
        public void delete(byte[] key) {}
    }

    private final class Notes implements Output {
        private final int shard;

        private Notes(int shard) {
            this.shard = shard;
        }

        @Override
        public void alert(AlertChange change) {
            words.add(new Word(shard, now, change));
        }

        @Override
        public void sample(String tenant, Value.Sample sample) {
            if (Samples.isStale(sample.value())) {
                ended.add(sample.labels().toString());
            }
        }

        @Override
        public void evaluated(GroupReport report) {}

        @Override
        public void gone(GroupReport.Key group) {}
    }
}
