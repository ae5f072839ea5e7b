package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What is told of backlogs that are alike, as rows of a table: what, records a second, processor seconds a million,
 * memory. Each of several is one measurement, with all that it took; of a single one, which begins with a warm-up,
 * stretches are.
 *
 * @param backlogs at least one, worked off by the same instances
 */
record Rounds(List<Backlog> backlogs) {
    /** How many measurements one run makes. */
    static final int STRETCHES = 5;

    /** All instances together. */
    String[] row(String what) {
        return row(what, Backlog::together, peaks().sum());
    }

    /** Each instance, with its share of the records, and then all together. */
    List<String[]> shares(String what) {
        List<String[]> rows = new ArrayList<>();
        long[] peaks = peaks().toArray();
        for (int i = 0; i < peaks.length; i++) {
            int instance = i;
            double share = records(i)
                    / IntStream.range(0, peaks.length)
                            .mapToDouble(this::records)
                            .sum();
            rows.add(row(
                    instance(i, peaks.length, share), backlog -> backlog.each().get(instance), peaks[i]));
        }
        rows.add(row(what + ", " + peaks.length + " instances"));
        return rows;
    }

    /** What the row of this instance of so many, that did this share of the records, is called. */
    static String instance(int number, int instances, double share) {
        return String.format(Locale.ROOT, "instance %d of %d: %.1f %% of them", number + 1, instances, 100 * share);
    }

    /** Records per second of all instances together. */
    Spread recordsPerSecond() {
        return recordsPerSecond(progress(Backlog::together));
    }

    /** A row of a bare consumer. */
    static String[] limit(Progress bare) {
        return limit("bare consumer", List.of(bare));
    }

    /** A row of something bare, that was done at least once. */
    static String[] limit(String what, List<Progress> bare) {
        return row("limit: " + what, recordsPerSecond(bare), cpuPerMillion(bare), "–");
    }

    private double records(int instance) {
        return backlogs.stream()
                .mapToLong(backlog -> backlog.records()[instance])
                .sum();
    }

    private LongStream peaks() {
        return backlogs.getLast().peakBytes().stream().mapToLong(Long::longValue);
    }

    private List<Progress> progress(Function<Backlog, Progress> whose) {
        return backlogs.stream().map(whose).toList();
    }

    private String[] row(String what, Function<Backlog, Progress> whose, long peakBytes) {
        List<Progress> progress = progress(whose);
        return row(what, recordsPerSecond(progress), cpuPerMillion(progress), Long.toString(peakBytes >> 20));
    }

    private static String[] row(String what, Spread rate, Spread cpu, String peak) {
        return new String[] {what, rate.text(), cpu.text(), peak};
    }

    /** Records per second of work that was done at least once. */
    static Spread recordsPerSecond(List<Progress> rounds) {
        return rounds.size() == 1
                ? rounds.getFirst().recordsPerSecond(STRETCHES)
                : Spread.of(rounds.stream().map(Progress::recordsPerSecond).toList());
    }

    private static Spread cpuPerMillion(List<Progress> rounds) {
        return rounds.size() == 1
                ? rounds.getFirst().cpuPerMillion(STRETCHES)
                : Spread.of(rounds.stream().map(Progress::cpuPerMillion).toList());
    }
}
