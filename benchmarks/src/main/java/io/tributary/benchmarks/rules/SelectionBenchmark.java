package io.tributary.benchmarks.rules;

import io.tributary.alerts.selection.SelectionIndex;
import io.tributary.alerts.selection.SeriesCache;
import io.tributary.promql.label.Labels;
import io.tributary.promql.parser.Parser;
import io.tributary.schemas.identity.SeriesId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Which of 10,000 rules want a sample: rules on 1,000 metrics, and 9,000 rules on one and the same metric, told apart
 * by a label. {@code known}: a series that was seen before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SelectionBenchmark {
    private static final int SERIES = 1 << 14;

    private final SelectionIndex index = new SelectionIndex(wishes());
    private final Labels[] series = new Labels[SERIES];
    private final SeriesId[] ids = new SeriesId[SERIES];
    private final SeriesCache<int[]> cache = new SeriesCache<>(2 * SERIES);
    private int next;

    /** Series of which every second one is wanted. */
    public SelectionBenchmark() {
        for (int i = 0; i < SERIES; i++) {
            String name = i % 2 == 0 ? "metric_" + i % 1000 : i % 4 == 1 ? "up" : "unwanted_" + i % 1000;
            series[i] =
                    Labels.of("__name__", name, "job", "job" + i % 9000, "instance", "host" + i, "zone", "z" + i % 3);
            ids[i] = SeriesId.of("default", name, series[i].drop("__name__").toMap());
            cache.put(ids[i], index.owners(series[i]));
        }
    }

    private static List<SelectionIndex.Wish> wishes() {
        List<SelectionIndex.Wish> wishes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String selector = i < 1000
                    ? "metric_" + i + "{zone=~\"z1|z2\",job!=\"job3\"}"
                    : "up{job=\"job" + (i - 1000) + "\",zone=~\"z.*\"}";
            wishes.add(new SelectionIndex.Wish(Parser.parseSelector(selector), i));
        }
        return wishes;
    }

    @Benchmark
    public int[] unknown() {
        next = (next + 1) & (SERIES - 1);
        return index.owners(series[next]);
    }

    @Benchmark
    public int[] known() {
        next = (next + 1) & (SERIES - 1);
        return cache.get(ids[next]);
    }
}
