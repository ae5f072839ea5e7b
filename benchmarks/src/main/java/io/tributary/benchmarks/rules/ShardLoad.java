package io.tributary.benchmarks.rules;

import io.tributary.alerts.evaluation.AlertChange;
import io.tributary.alerts.evaluation.EvaluationSettings;
import io.tributary.alerts.evaluation.GroupReport;
import io.tributary.alerts.evaluation.Output;
import io.tributary.alerts.evaluation.Shard;
import io.tributary.alerts.evaluation.StateLog;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.retention.ChunkLog;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.retention.SampleStore;
import io.tributary.benchmarks.measure.Spread;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.evaluation.External;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.promql.value.Value;
import io.tributary.schemas.avro.MetricPoint;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What taking samples and evaluating rules costs the evaluator: one shard, and Kafka left out of it. What the shard
 * writes to its stores is counted and thrown away. Each round is one interval: a sample of each series, and then one
 * evaluation of each rule.
 */
public final class ShardLoad {
    private static final int BATCH = 10_000;
    private static final int WARM_UP = 12;
    private static final long BEGIN = 1_767_225_600_000L;
    private static final EvaluationSettings SETTINGS = new EvaluationSettings(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            EvaluationSettings.NoData.KEEP_FIRING,
            Duration.ofDays(1));

    private final RuleLoad load;
    private final Shard shard;
    private final Thrown thrown = new Thrown();
    private final Counted counted = new Counted();
    private final MetricPoint[] batch = new MetricPoint[BATCH];
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private ShardLoad(RuleLoad load) {
        this.load = load;
        RuleSet set = RuleSet.of(
                new RuleFiles(RuleFileOptions.DEFAULT).read("load.yml", load.ruleFile()), EngineOptions.DEFAULT);
        shard = new Shard(
                new Shard.Place(0, 1, 1),
                new Shard.Setup(
                        () -> set,
                        new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE),
                        SETTINGS,
                        System::nanoTime),
                new SampleStore(thrown, new MemoryBudget(Long.MAX_VALUE)),
                new States(),
                counted);
        for (int i = 0; i < BATCH; i++) {
            batch[i] = MetricPoint.newBuilder()
                    .setName("")
                    .setLabels(Map.of())
                    .setTimeUnixNano(0)
                    .build();
        }
    }

    /** The first argument is how many rules, the second how many series, the third how many rounds to measure. */
    public static void main(String[] arguments) {
        var load = new RuleLoad(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        new ShardLoad(load).run(Integer.parseInt(arguments[2]));
    }

    /** What a round took of the processors, in seconds. */
    private record Round(double taking, double evaluating) {}

    private void run(int rounds) {
        List<Round> measured = new ArrayList<>();
        for (int round = 0; round < WARM_UP + rounds; round++) {
            counted.recorded = 0;
            thrown.bytes = 0;
            Round took = round(BEGIN + round * RuleLoad.INTERVAL);
            if (round >= WARM_UP) {
                measured.add(took);
            }
        }
        if (counted.recorded != load.recorded()) {
            throw new IllegalStateException(
                    "recorded: " + counted.recorded + " (expected: " + load.recorded() + " samples a round)");
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "| tributary | %,d | %,d | %s | %s | %,d | %,d | %,d |%n",
                load.rules(),
                load.series(),
                spread(measured.stream().map(Round::taking).toList()),
                spread(measured.stream().map(Round::evaluating).toList()),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                Usage.ofThisProcess().residentBytes() >> 20,
                thrown.bytes >> 20);
    }

    static String spread(List<Double> seconds) {
        Spread spread = Spread.of(seconds);
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", spread.median(), spread.least(), spread.most());
    }

    private Round round(long time) {
        double begin = Usage.ofThisProcess().cpuSeconds();
        double making = 0;
        for (int first = 0; first < load.series(); first += BATCH) {
            long before = threads.getCurrentThreadCpuTime();
            make(first, time);
            making += (threads.getCurrentThreadCpuTime() - before) / 1e9;
            for (MetricPoint point : batch) {
                shard.point(point);
            }
        }
        double taken = Usage.ofThisProcess().cpuSeconds();
        shard.progress(0, time, false);
        if (!shard.work(() -> true)) {
            throw new IllegalStateException("evaluations are left");
        }
        return new Round(taken - begin - making, Usage.ofThisProcess().cpuSeconds() - taken);
    }

    private void make(int first, long time) {
        for (int i = 0; i < BATCH; i++) {
            MetricPoint point = batch[i];
            point.setName(RuleLoad.metric(first + i));
            point.setLabels(RuleLoad.labels(first + i));
            point.setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(time));
            point.setValue(RuleLoad.value(first + i, time));
        }
    }

    private static final class Thrown implements ChunkLog {
        private long bytes;

        @Override
        public void put(byte[] key, byte[] value) {
            bytes += key.length + value.length;
        }

        @Override
        public void delete(byte[] key) {
            bytes += key.length;
        }
    }

    private static final class States implements StateLog {
        private final Map<String, byte[]> all = new HashMap<>();

        @Override
        public List<String> keys() {
            return List.copyOf(all.keySet());
        }

        @Override
        public byte[] get(String key) {
            return all.get(key);
        }

        @Override
        public void put(String key, byte[] value) {
            if (value == null) {
                all.remove(key);
            } else {
                all.put(key, value);
            }
        }
    }

    private static final class Counted implements Output {
        private int recorded;

        @Override
        public void alert(AlertChange change) {
            throw new IllegalStateException("an alert, and none is to fire: " + change);
        }

        @Override
        public void sample(String tenant, Value.Sample sample) {
            recorded++;
        }

        @Override
        public void evaluated(GroupReport report) {}

        @Override
        public void gone(GroupReport.Key group) {}
    }
}
