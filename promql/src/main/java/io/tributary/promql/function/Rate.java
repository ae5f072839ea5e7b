package io.tributary.promql.function;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.histogram.Compensated;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.QueryException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * {@code rate}, {@code increase} and {@code delta}: the change within the range, extrapolated to its ends as Prometheus
 * does. Resets of the counter are found once per sample, however many ranges it is in, and their correction is carried
 * from range to range.
 */
final class Rate implements RangeFunction {

    private static final List<String> COUNTER_ENDINGS = List.of("_total", "_sum", "_count", "_bucket");

    private final boolean counter;
    private final boolean perSecond;
    private final ArrayDeque<Integer> resets = new ArrayDeque<>();
    private int next;
    private boolean remarked;

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
        int numbers = window.samples().hasHistograms() ? OverTime.numbers(window).length : window.size();
        if (numbers == 0) {
            // An error rather than a rate of the sums, which would look plausible.
            throw new QueryException("native histograms are not supported in "
                    + window.call().function().symbol());
        }
        if (numbers < window.size()) {
            window.warn(Remarks.MIXED_SAMPLES + Remarks.name(window), 0);
            return;
        }
        var samples = window.samples();
        int from = window.from();
        int last = window.to() - 1;
        double change = samples.value(last) - samples.value(from);
        if (counter) {
            change += correction(window);
        }
        long firstTime = samples.time(from);
        double sampled = (samples.time(last) - firstTime) / 1000.0;
        double average = last > from ? sampled / (last - from) : 0;
        double threshold = average * 1.1;
        double toStart = (firstTime - window.rangeStart()) / 1000.0;
        double toEnd = (window.rangeEnd() - samples.time(last)) / 1000.0;
        long start = samples.start(from);
        if (counter && usesStarts(window) && start != 0 && start > window.rangeStart() && start < firstTime) {
            // The counter is known to have begun at 0 within the range.
            toStart = 0;
            sampled = (samples.time(last) - start) / 1000.0;
            change += samples.value(from);
        } else if (last == from) {
            return;
        } else {
            toStart = toStart >= threshold ? average / 2 : toStart;
            if (counter && change > 0 && samples.value(from) >= 0) {
                // A counter does not come from below 0.
                toStart = Math.min(toStart, sampled * (samples.value(from) / change));
            }
        }
        toEnd = toEnd >= threshold ? average / 2 : toEnd;
        double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
        if (perSecond) {
            factor /= (window.rangeEnd() - window.rangeStart()) / 1000.0;
        }
        remark(window);
        out.set(change * factor);
    }

    private double correction(Window window) {
        var samples = window.samples();
        next = Math.max(next, window.from() + 1);
        for (; next < window.to(); next++) {
            if (isReset(samples, next, usesStarts(window))) {
                resets.addLast(next);
            }
        }
        while (!resets.isEmpty() && resets.getFirst() <= window.from()) {
            resets.removeFirst();
        }
        var total = new Compensated();
        for (int at : resets) {
            total.add(samples.value(at - 1));
        }
        return total.value();
    }

    private static boolean usesStarts(Window window) {
        return window.features().has(Feature.USE_START_TIMESTAMPS);
    }

    private static boolean isReset(Samples samples, int at, boolean starts) {
        return samples.value(at) < samples.value(at - 1) || (starts && StartTimestamps.isReset(samples, at));
    }

    private void remark(Window window) {
        var name = window.labels().get(Labels.NAME);
        if (counter && !remarked && !name.isEmpty() && COUNTER_ENDINGS.stream().noneMatch(name::endsWith)) {
            window.inform(
                    "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"" + name + "\"",
                    0);
        }
        remarked = true;
    }
}
