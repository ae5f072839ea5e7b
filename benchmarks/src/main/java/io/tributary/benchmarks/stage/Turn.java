package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * What was done in one go, and what that took.
 *
 * @param seconds how long it took
 * @param records how many records each instance did; the bare producer counts as one
 * @param cpuSeconds what each of them used
 * @param brokerCpuSeconds what Kafka used
 * @param clientCpuSeconds what the client used
 * @param wireBytes the size of what was sent
 * @param diskBytes how much more Kafka has of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Turn(
        double seconds,
        long[] records,
        double[] cpuSeconds,
        double brokerCpuSeconds,
        double clientCpuSeconds,
        double wireBytes,
        double diskBytes) {
    private static final String NOT_MEASURED = "–";

    private long all() {
        return LongStream.of(records).sum();
    }

    private double aMillion(double value) {
        return 1e6 * value / all();
    }

    /** Rows of a table: each instance, with its share of the records, and then all together. */
    static List<String[]> shares(String signal, String together, List<Turn> turns) {
        List<String[]> rows = new ArrayList<>();
        int instances = turns.getFirst().records().length;
        double all = turns.stream().mapToLong(Turn::all).sum();
        for (int i = 0; i < instances; i++) {
            int instance = i;
            double own =
                    turns.stream().mapToLong(turn -> turn.records()[instance]).sum();
            rows.add(new String[] {
                signal + ", " + Rounds.instance(instance, instances, own / all),
                spread(turns, turn -> turn.records()[instance] / turn.seconds()),
                spread(turns, turn -> 1e6 * turn.cpuSeconds()[instance] / turn.records()[instance]),
                NOT_MEASURED,
                NOT_MEASURED,
                NOT_MEASURED,
                NOT_MEASURED
            });
        }
        rows.add(row(together + ", " + instances + " instances", turns));
        return rows;
    }

    /** A row of a table: all instances together. */
    static String[] row(String what, List<Turn> turns) {
        boolean bare = turns.getFirst().wireBytes() == 0;
        return new String[] {
            what,
            spread(turns, turn -> turn.all() / turn.seconds()),
            spread(
                    turns,
                    turn -> turn.aMillion(DoubleStream.of(turn.cpuSeconds()).sum())),
            spread(turns, turn -> turn.aMillion(turn.brokerCpuSeconds())),
            bare ? NOT_MEASURED : spread(turns, turn -> turn.aMillion(turn.clientCpuSeconds())),
            bare ? NOT_MEASURED : bytes(turns, Turn::wireBytes),
            bare ? NOT_MEASURED : bytes(turns, Turn::diskBytes)
        };
    }

    private static String spread(List<Turn> turns, ToDoubleFunction<Turn> value) {
        return Spread.of(turns.stream().map(value::applyAsDouble).toList()).text();
    }

    private static String bytes(List<Turn> turns, ToDoubleFunction<Turn> bytes) {
        double all = turns.stream().mapToLong(Turn::all).sum();
        return String.format(
                Locale.ROOT, "%.0f", turns.stream().mapToDouble(bytes).sum() / all);
    }
}
