package io.tributary.benchmarks.measure;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Work that is done in several steps, by several. A later step may have more to do, or less, than the first has: what
 * is done of each is worth as much.
 */
public final class Shares {
    private Shares() {}

    /**
     * How many units of the first step the work is worth that each has done.
     *
     * @param done how much each has done of each step
     * @param all how much each has done of each step in the end
     * @return for each; in the end these add up to what all have done of the first step, but for what is rounded off
     */
    public static long[] of(long[][] done, long[][] all) {
        int steps = all[0].length;
        long[] totals = IntStream.range(0, steps)
                .mapToLong(step -> Stream.of(all).mapToLong(each -> each[step]).sum())
                .toArray();
        return Stream.of(done)
                .mapToLong(each -> Math.round(totals[0]
                        * IntStream.range(0, steps)
                                .filter(step -> totals[step] > 0)
                                .mapToDouble(step -> (double) each[step] / totals[step])
                                .average()
                                .orElse(0)))
                .toArray();
    }
}
