package io.tributary.promql.rule.unittest;

import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.rule.unittest.UnitTestFile.InputSeries;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.testlanguage.Command;
import io.tributary.promql.testlanguage.Loader;
import io.tributary.promql.testlanguage.SeriesDescription;
import io.tributary.promql.value.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The input of a test group, as far as time has come: what is later cannot be seen yet. In the store it begins at time
 * 0, seen from outside at the start.
 */
final class InputData implements Storage {

    private final long start;
    private final MemoryStore store;
    private final Map<Labels, Series> byLabels = new HashMap<>();
    private long now;

    /** @throws io.tributary.promql.testlanguage.NotationException if a series cannot be read */
    InputData(List<InputSeries> input, Duration interval, long start) {
        this.start = start;
        this.now = start;
        List<SeriesDescription> series = input.stream()
                .map(one -> SeriesDescription.parse(one.series() + " " + one.values()))
                .toList();
        var loader = new Loader();
        loader.load(new Command.Load(0, interval.toMillis(), false, series));
        this.store = loader.store();
        select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, new SelectHints(0, 0, "", List.of(), false))
                .forEach(one -> byLabels.put(one.labels(), one));
    }

    /** Lets all be seen that is not after the time. */
    void advanceTo(long time) {
        now = time;
    }

    /** Whether the input has another sample for the same series and time. A store keeps the one that it has first. */
    boolean contradicts(Value.Sample sample) {
        Series series = byLabels.get(sample.labels());
        if (series == null || Samples.isStale(sample.value())) {
            return false;
        }
        var samples = new Samples();
        series.read(sample.time(), sample.time(), samples);
        return samples.size() > 0
                && !(Objects.equals(samples.histogram(0), sample.histogram())
                        && (sample.histogram() != null || samples.value(0) == sample.value()));
    }

    @Override
    public List<Series> select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        return store.select(matchers, inside(from), inside(to), hints).stream()
                .<Series>map(Seen::new)
                .toList();
    }

    private long inside(long time) {
        // The first and the last of all times stay what they are.
        return time == Long.MIN_VALUE || time == Long.MAX_VALUE ? time : time - start;
    }

    /** A series as it is seen from outside, up to now. */
    private final class Seen implements Series {

        private final Series series;

        Seen(Series series) {
            this.series = series;
        }

        @Override
        public Labels labels() {
            return series.labels();
        }

        @Override
        public void read(long from, long to, Samples into) {
            var samples = new Samples();
            series.read(inside(from), inside(Math.min(to, now)), samples);
            for (int i = 0; i < samples.size(); i++) {
                long time = samples.time(i) + start;
                if (samples.histogram(i) == null) {
                    into.add(time, samples.value(i));
                } else {
                    into.add(time, samples.histogram(i));
                }
                if (samples.start(i) != 0) {
                    into.startedAt(samples.start(i) + start);
                }
            }
        }
    }
}
