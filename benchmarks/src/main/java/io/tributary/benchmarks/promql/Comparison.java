package io.tributary.benchmarks.promql;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.promql.Features;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engine beside the machine's Prometheus, on the same data and queries: first whether both give the same, then how
 * long each takes and how much of the processors' time, up to the answer as JSON.
 */
public final class Comparison {

    private static final long STEP = 20_000;
    private static final int WARM_UP = 10;
    /** An instant query is over within one tick of the clock that tells a process's time, so many make a round. */
    private static final int INSTANT_QUERIES = 20;

    private static final Map<String, String> QUERIES = new TreeMap<>(Map.of(
            "1 plain selector", "http_requests_total{job=\"service3\"}",
            "2 rate", "rate(http_requests_total{job=\"service3\"}[5m])",
            "3 sum by (rate)", "sum by (job) (rate(http_requests_total[5m]))",
            "4 histogram_quantile",
                    "histogram_quantile(0.9, sum by (le, job) (rate(http_duration_seconds_bucket[5m])))",
            "5 topk", "topk(5, rate(http_requests_total[5m]))",
            "6 join", "sum by (version) (memory_bytes * on (instance) group_left (version) instance_info)",
            "7 subquery", "max_over_time(sum by (job) (rate(http_requests_total[5m] offset 7s))[30m:1m])"));

    private final Fleet fleet;
    private final int rounds;
    private final Engine engine = new Engine(EngineOptions.DEFAULT);
    private final MemoryStore store = new MemoryStore();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Comparison(Fleet fleet, int rounds) {
        this.fleet = fleet;
        this.rounds = rounds;
        fleet.fill(store);
    }

    /**
     * The first argument is the folder of Prometheus's data, made of {@link FleetFile}; the second how many rounds; the
     * third, if it is there, how many series the data has.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var fleet = arguments.length > 2 ? Fleet.ofSeries(Integer.parseInt(arguments[2])) : Fleet.STANDARD;
        var comparison = new Comparison(fleet, Integer.parseInt(arguments[1]));
        Path data = Path.of(arguments[0]);
        try (var prometheus = PrometheusServer.start(
                data, data.resolveSibling("prometheus.log").toAbsolutePath(), 19_090)) {
            System.out.println(
                    "| query | points | ours, wall ms | ours, CPU ms | Prometheus, wall ms | Prometheus, CPU ms | wall ratio | CPU ratio |");
            System.out.println("|---|---|---|---|---|---|---|---|");
            for (boolean range : new boolean[] {true, false}) {
                for (var query : QUERIES.entrySet()) {
                    comparison.run(prometheus, query.getKey(), query.getValue(), range);
                }
            }
        }
    }

    private void run(PrometheusServer prometheus, String name, String query, boolean range)
            throws IOException, InterruptedException {
        Expr expr = Parser.parse(query, Features.STABLE);
        var ours = Answer.of(evaluate(expr, range));
        var theirs = Answer.read(ask(prometheus, query, range));
        // Of equal elements either may be among the first.
        String difference = query.startsWith("topk")
                ? ours.withoutLabels().differenceFrom(theirs.withoutLabels())
                : ours.differenceFrom(theirs);
        int times = range ? 1 : INSTANT_QUERIES;
        for (int round = 0; round < WARM_UP * times; round++) {
            Answer.write(evaluate(expr, range), new StringBuilder());
        }
        var ourWall = new Measured();
        var ourCpu = new Measured();
        var theirWall = new Measured();
        var theirCpu = new Measured();
        for (int round = -1; round < rounds; round++) {
            long cpu = system.getProcessCpuTime();
            long begin = System.nanoTime();
            for (int i = 0; i < times; i++) {
                Answer.write(evaluate(expr, range), new StringBuilder());
            }
            double wall = (System.nanoTime() - begin) / 1e6;
            double spent = (system.getProcessCpuTime() - cpu) / 1e6;
            double theirBegin = prometheus.cpu().toMillis();
            begin = System.nanoTime();
            for (int i = 0; i < times; i++) {
                drain(ask(prometheus, query, range));
            }
            double their = (System.nanoTime() - begin) / 1e6;
            if (round >= 0) {
                ourWall.add(wall / times);
                ourCpu.add(spent / times);
                theirWall.add(their / times);
                theirCpu.add((prometheus.cpu().toMillis() - theirBegin) / times);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s, %s | %,d | %s | %s | %s | %s | %.2f | %.2f |%s%n",
                name.substring(2),
                range ? "range" : "instant",
                ours.points(),
                ourWall,
                ourCpu,
                theirWall,
                theirCpu,
                ourWall.median() / theirWall.median(),
                ourCpu.median() / theirCpu.median(),
                difference == null ? "" : " DIFFERS: " + difference);
    }

    /** Between two samples, where it does not matter whether a range includes its left end. */
    private long last() {
        return fleet.end() - 8_000;
    }

    private long first() {
        return last() - 240 * STEP;
    }

    private Value evaluate(Expr expr, boolean range) {
        return (range ? engine.range(store, expr, first(), last(), STEP) : engine.instant(store, expr, last())).value();
    }

    private InputStream ask(PrometheusServer prometheus, String query, boolean range)
            throws IOException, InterruptedException {
        return range
                ? prometheus.get(
                        "/api/v1/query_range",
                        Map.of(
                                "query",
                                query,
                                "start",
                                seconds(first()),
                                "end",
                                seconds(last()),
                                "step",
                                STEP / 1000 + ""))
                : prometheus.get("/api/v1/query", Map.of("query", query, "time", seconds(last())));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static void drain(InputStream answer) throws IOException {
        try (answer) {
            var buffer = new byte[1 << 16];
            while (answer.read(buffer) >= 0) {
                // All of it is wanted, and nothing of it.
            }
        }
    }

    /** The same thing measured several times. */
    private static final class Measured {
        private final List<Double> values = new ArrayList<>();

        void add(double value) {
            values.add(value);
            values.sort(Double::compare);
        }

        double median() {
            return values.get(values.size() / 2);
        }

        /** The median, and the least and the greatest. */
        @Override
        public String toString() {
            String form = median() < 10 ? "%.1f (%.1f–%.1f)" : "%,.0f (%,.0f–%,.0f)";
            return String.format(Locale.ROOT, form, median(), values.getFirst(), values.getLast());
        }
    }
}
