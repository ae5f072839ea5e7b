package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Spread;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.Stand;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The hot code of the pipeline by JMH: how long a record takes, and what it allocates. */
record CodeStage() implements Stage {
    private static final String PACKAGES = "io\\.tributary\\.benchmarks\\.(wire|gateway|document|state)\\..*";
    private static final int WARM_UPS = 3;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "code";
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        TimeValue time = TimeValue.milliseconds(Math.max(1, (long) (1000 * size)));
        Options options = new OptionsBuilder()
                .include(PACKAGES)
                .forks(size < 1 ? 0 : 1)
                .warmupIterations(WARM_UPS)
                .warmupTime(time)
                .measurementIterations(Rounds.STRETCHES)
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        MarkdownTable table = new MarkdownTable(name(), "ns a record", "bytes allocated");
        for (RunResult result : new Runner(options).run()) {
            Result<?> score = result.getPrimaryResult();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            table.row(
                    label(result.getParams()),
                    String.format(
                            Locale.ROOT,
                            "%,.0f (%,.0f–%,.0f)",
                            score.getScore(),
                            score.getStatistics().getMin(),
                            score.getStatistics().getMax()),
                    allocated == null ? "–" : Spread.number(allocated.getScore()));
        }
        return table.text();
    }

    private static String label(BenchmarkParams params) {
        String[] words = params.getBenchmark().split("\\.", -1);
        String values = params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
        return words[words.length - 2] + '.' + words[words.length - 1] + (values.isEmpty() ? "" : " of " + values);
    }
}
