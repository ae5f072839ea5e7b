package io.tributary.promql.function;

import io.tributary.promql.histogram.ClassicBuckets;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A vector as functions of histograms take it: elements that are native histograms, and those that are the buckets of
 * classic ones, put together by all labels but {@code le}.
 */
final class HistogramInput {

    private static final String BOUND = "le";

    /** One bucket of a classic histogram over all steps. */
    private record Bucket(double bound, Column counts) {}

    /** What is done with the histograms of one set of labels. */
    interface Action {
        /**
         * Takes one series.
         *
         * @param series its labels, and its native histograms; may be kept and changed
         * @param histogram the histogram, native or classic, at a step
         */
        void accept(Column series, Histograms histogram);
    }

    /** The histograms of one set of labels, native or classic at each step. */
    static final class Histograms {

        private final Column natives;
        private final List<Bucket> buckets;
        private final ClassicBuckets classic = new ClassicBuckets();

        private Histograms(Column natives, List<Bucket> buckets) {
            this.natives = natives;
            this.buckets = buckets;
        }

        /** The native one; null if there is none. */
        NativeHistogram natural(int step) {
            return natives == null ? null : natives.histogram(step);
        }

        /** The classic one; empty if there is none. Valid until the next is asked for. */
        ClassicBuckets classic(int step) {
            classic.clear();
            for (Bucket bucket : buckets) {
                if (bucket.counts.has(step) && bucket.counts.histogram(step) == null) {
                    classic.add(bucket.bound, bucket.counts.value(step));
                }
            }
            return classic;
        }
    }

    private final VectorCall call;
    private final int argument;
    private final Map<Labels, List<Bucket>> classic = new LinkedHashMap<>();
    private final Map<Labels, Column> natives = new LinkedHashMap<>();

    HistogramInput(VectorCall call, int argument) {
        this.call = call;
        this.argument = argument;
        call.kept(argument).forEach(this::sort);
    }

    private void sort(Column column) {
        boolean numbers = false;
        boolean histograms = false;
        for (int step = 0; step < column.steps(); step++) {
            histograms |= column.histogram(step) != null;
            numbers |= column.has(step) && column.histogram(step) == null;
        }
        if (histograms) {
            natives.merge(column.labels(), column, (known, more) -> {
                known.fill(more);
                return known;
            });
        }
        if (numbers) {
            addBucket(column);
        }
    }

    private void addBucket(Column column) {
        String bound = column.labels().get(BOUND);
        try {
            var bucket = new Bucket(bound(bound), column);
            classic.computeIfAbsent(column.labels().drop(BOUND), _ -> new ArrayList<>())
                    .add(bucket);
        } catch (NumberFormatException _) {
            call.warn(
                    "bucket label \"le\" is missing or has a malformed value of " + LabelText.quote(bound)
                            + nameSuffix(column),
                    argument);
        }
    }

    private static double bound(String text) {
        return switch (text) {
            case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                // What Java takes for a number beyond Go's notation is none here.
                if (text.isEmpty() || "dDfF ".indexOf(text.charAt(text.length() - 1)) >= 0 || text.charAt(0) == ' ') {
                    throw new NumberFormatException(text);
                }
                yield Double.parseDouble(text);
            }
        };
    }

    /** Hands over each series that has histograms. */
    void forEach(Action action) {
        classic.forEach((labels, buckets) -> {
            Column natural = natives.remove(labels);
            if (natural != null) {
                removeConflicts(natural, buckets);
            }
            buckets.sort(Comparator.comparingDouble(Bucket::bound));
            var series = new Column(labels, call.steps().count());
            series.nameless(buckets.getFirst().counts.nameless());
            action.accept(series, new Histograms(natural, buckets));
        });
        natives.forEach((labels, natural) -> {
            var series = new Column(labels, call.steps().count());
            series.nameless(natural.nameless());
            action.accept(series, new Histograms(natural, List.of()));
        });
    }

    /** Where there are both, neither can be told to be meant. */
    private void removeConflicts(Column natural, List<Bucket> buckets) {
        for (int step = 0; step < natural.steps(); step++) {
            if (natural.histogram(step) != null && isClassic(buckets, step)) {
                call.warn("vector contains a mix of classic and native histograms" + nameSuffix(natural), argument);
                natural.remove(step);
                for (Bucket bucket : buckets) {
                    bucket.counts.remove(step);
                }
            }
        }
    }

    private static boolean isClassic(List<Bucket> buckets, int step) {
        return buckets.stream().anyMatch(bucket -> bucket.counts.has(step) && bucket.counts.histogram(step) == null);
    }

    /** As remarks end; nothing if the series has no name. */
    static String nameSuffix(Column column) {
        String name = column.labels().get(Labels.NAME);
        return name.isEmpty() ? "" : " for metric name " + LabelText.quote(name);
    }
}
