package io.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.benchmarks.stage.Stage;
import io.tributary.benchmarks.stage.Stages;
import io.tributary.benchmarks.system.Stand;
import io.tributary.local.console.Console;
import io.tributary.servers.Distributions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Stages with next to nothing to do, on the real system, so that none rots: each still tells of all that it measures.
 * Says nothing of speed. Of the two stream jobs that read one topic, the one that begins sooner; hot code is
 * {@link EveryBenchmarkTest}'s.
 */
class StagesIT {
    private static final double SIZE = 0.01;
    private static final Pattern SHARE = Pattern.compile("instance \\d of 2: ([0-9.]+) %");

    @TempDir
    private static Path folder;

    private static Stand stand;

    @BeforeAll
    static void prepare() {
        stand = Stand.in(
                Path.of(System.getProperty(Distributions.ROOT_PROPERTY)), folder.resolve("home"), Console.ofProcess());
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        stand.close();
    }

    @ParameterizedTest
    @CsvSource({"ingest-gateway, 21, 6", "log-indexer, 8, 2", "metrics-aggregator, 5, 2", "alert-router, 5, 2"})
    void tellsOfAllThatItMeasures(String name, int measured, int instances) throws Exception {
        Stage stage = Stages.all().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();

        String found = stage.measure(stand, SIZE);

        List<String[]> rows = found.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2).split(" *\\| ?"))
                .toList();
        assertThat(rows).hasSize(2 + measured);
        assertThat(rows.getFirst()[0]).isEqualTo(name);
        assertThat(rows.subList(2, rows.size())).allSatisfy(row -> {
            assertThat(number(row[1])).as("records/s of %s", row[0]).isPositive();
            assertThat(Arrays.copyOfRange(row, 2, row.length))
                    .as(row[0])
                    .allSatisfy(cell ->
                            assertThat(cell.equals("–") || number(cell) >= 0).isTrue());
        });
        List<Double> shares = SHARE.matcher(found)
                .results()
                .map((MatchResult share) -> Double.valueOf(share.group(1)))
                .toList();
        assertThat(shares)
                .hasSize(instances)
                .allSatisfy(share -> assertThat(share).isPositive());
        assertThat(shares.stream().mapToDouble(Double::doubleValue).sum())
                .isBetween(instances * 49.9, instances * 50.1);
    }

    /** The median, which is what a cell begins with. */
    private static double number(String cell) {
        return Double.parseDouble(cell.split(" ", 2)[0].replace(",", ""));
    }
}
