package io.tributary.promql.function;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.storage.Samples;

/**
 * {@code rate}, {@code increase} and {@code delta}: the change within the range, extrapolated to its ends as Prometheus
 * does. Resets of the counter are found once per sample, however many ranges it is in, and their correction is carried
 * from range to range.
 */
final class Rate implements RangeFunction {

    private final boolean counter;
    private final boolean perSecond;
    private final ResetCorrection correction = new ResetCorrection();
    private HistogramRate histograms;
    private ExtendedRate extended;
    private int next;
    private int overlapsSought;

    Rate(boolean counter, boolean perSecond) {
        this.counter = counter;
        this.perSecond = perSecond;
    }

    @Override
    public RangeFunction perSeries() {
        return new Rate(counter, perSecond);
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        boolean starts =
                counter && window.samples().hasStarts() && window.features().has(Feature.USE_START_TIMESTAMPS);
        if (starts) {
            overlapsSought = StartTimestamps.remarkOverlaps(window, overlapsSought);
        }
        if (window.extension() != Selector.Extension.NONE) {
            extended = extended == null ? new ExtendedRate(counter, perSecond) : extended;
            extended.evaluate(window, out);
            return;
        }
        int numbers = window.numbers();
        if (numbers == window.size()) {
            ofNumbers(window, starts, out);
        } else if (numbers == 0) {
            ofHistograms(window, starts, out);
        } else {
            window.warn(Remarks.MIXED_SAMPLES + Remarks.name(window), 0);
        }
    }

    private void ofNumbers(Window window, boolean starts, Outcome out) {
        var samples = window.samples();
        int first = window.from();
        int last = window.to() - 1;
        double change = samples.value(last) - samples.value(first);
        if (counter) {
            change += corrected(window, starts);
        }
        double begin = samples.value(first);
        if (starts && StartTimestamps.isWithin(window)) {
            // The counter is known to have begun at 0 within the range.
            change += begin;
            out.set(change * factor(window, samples.start(first), 0));
        } else if (last > first) {
            double share = counter && change > 0 && begin >= 0 ? begin / change : Double.POSITIVE_INFINITY;
            out.set(change * factor(window, samples.time(first), share));
        }
    }

    private void ofHistograms(Window window, boolean starts, Outcome out) {
        var samples = window.samples();
        int first = window.from();
        boolean begins = starts && StartTimestamps.isWithin(window);
        if (window.size() == 1 && !begins) {
            return;
        }
        histograms = histograms == null ? new HistogramRate(counter) : histograms;
        var change = histograms.change(window, begins);
        if (change != null) {
            double begin = samples.histogram(first).count();
            double share =
                    counter && change.count() > 0 && begin >= 0 ? begin / change.count() : Double.POSITIVE_INFINITY;
            out.set(change.times(
                    begins ? factor(window, samples.start(first), 0) : factor(window, samples.time(first), share)));
        }
    }

    /**
     * By what the change is multiplied, so that it is that of the whole range.
     *
     * @param begin since when the change is known, in milliseconds since the epoch
     * @param share how far before that the counter was 0, as a part of the time since then; 0: it was 0 just then
     */
    private double factor(Window window, long begin, double share) {
        var samples = window.samples();
        int first = window.from();
        int last = window.to() - 1;
        double known = (samples.time(last) - begin) / 1000.0;
        double average = last > first ? (samples.time(last) - samples.time(first)) / 1000.0 / (last - first) : 0;
        double toStart = (begin - window.rangeStart()) / 1000.0;
        toStart = toStart >= average * 1.1 ? average / 2 : toStart;
        // A counter does not come from below 0.
        toStart = Math.min(toStart, known * share);
        double toEnd = (window.rangeEnd() - samples.time(last)) / 1000.0;
        toEnd = toEnd >= average * 1.1 ? average / 2 : toEnd;
        double factor = (known + toStart + toEnd) / known;
        return perSecond ? factor / ((window.rangeEnd() - window.rangeStart()) / 1000.0) : factor;
    }

    private double corrected(Window window, boolean starts) {
        var samples = window.samples();
        next = Math.max(next, window.from() + 1);
        for (; next < window.to(); next++) {
            if (isReset(samples, next, starts)) {
                correction.add(next, samples.value(next - 1));
            }
        }
        return correction.from(window.from() + 1);
    }

    private static boolean isReset(Samples samples, int at, boolean starts) {
        return samples.value(at) < samples.value(at - 1) || (starts && StartTimestamps.isReset(samples, at));
    }
}
