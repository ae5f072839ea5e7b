package io.tributary.benchmarks.promql;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.engine.QueryResult;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.memory.MemoryStore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Range queries over an hour of a thousand series, at few steps and at many: what a step costs must not grow with their
 * number.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RangeQueryBenchmark {

    private static final long HOUR = 3_600_000;

    @Param({"10", "1000"})
    private int steps;

    @Param({
        "http_requests_total",
        "sum by (job) (rate(http_requests_total[5m]))",
        "max_over_time(memory_bytes[5m])",
        "sum(avg_over_time(memory_bytes[30m]))",
        "sum(quantile_over_time(0.9, memory_bytes[30m]))",
        "sum(stddev_over_time(memory_bytes[30m]))",
        "sum(deriv(memory_bytes[30m]))",
        "sum(mad_over_time(memory_bytes[30m]))",
        "sum(double_exponential_smoothing(memory_bytes[30m], 0.5, 0.5))",
        "sum by (job) (rate(http_requests_total[30m] smoothed))",
        "histogram_quantile(0.9, sum by (le) (rate(http_duration_seconds_bucket[5m])))"
    })
    private String query;

    private final Engine engine = new Engine(EngineOptions.DEFAULT.withFeatures(Features.ALL));
    private final MemoryStore store = new MemoryStore();
    private final Fleet fleet = Fleet.ofSeries(1_000);
    private Expr expr;

    @Setup
    public void setUp() {
        fleet.fill(store);
        expr = Parser.parse(query, Features.ALL);
    }

    @Benchmark
    public QueryResult range() {
        return engine.range(store, expr, fleet.end() - HOUR, fleet.end(), HOUR / steps);
    }

    /** How long it takes to read the text. */
    @Benchmark
    public Expr parse() {
        return Parser.parse(query, Features.ALL);
    }
}
