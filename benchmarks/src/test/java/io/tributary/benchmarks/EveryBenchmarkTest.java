package io.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Each JMH benchmark once, with the first value of each of its parameters, so that none rots: it still sets up, runs
 * and returns. Says nothing of speed.
 */
class EveryBenchmarkTest {
    @ParameterizedTest
    @MethodSource("benchmarks")
    void runs(BenchmarkListEntry benchmark) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include('^' + Pattern.quote(benchmark.getUsername()) + '$')
                .forks(0)
                .threads(1)
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        benchmark.getParams().orElse(Map.of()).forEach((name, values) -> options.param(name, values[0]));

        Collection<RunResult> results = new Runner(options.build()).run();

        assertThat(results).hasSize(1);
    }

    static Stream<Named<BenchmarkListEntry>> benchmarks() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(benchmark -> Named.of(benchmark.getUsername(), benchmark));
    }
}
