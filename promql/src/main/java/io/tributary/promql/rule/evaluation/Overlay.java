package io.tributary.promql.rule.evaluation;

import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.Value;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A store with samples laid over it that it does not have yet: what rules have written is seen by those after them. Not
 * for several threads.
 */
public final class Overlay implements Storage {

    private final Storage below;
    private final MemoryStore written = new MemoryStore();
    private final Map<Labels, Value.Sample> last = new HashMap<>();

    public Overlay(Storage below) {
        this.below = below;
    }

    /**
     * Writes a sample, unless another one was last written for its series and time.
     *
     * @return whether it is written, now or before
     */
    public boolean write(Value.Sample sample) {
        Value.Sample known = last.get(sample.labels());
        if (known != null && known.time() == sample.time()) {
            return same(known, sample);
        }
        last.put(sample.labels(), sample);
        if (sample.histogram() == null) {
            written.add(sample.labels(), sample.time(), sample.value());
        } else {
            written.add(sample.labels(), sample.time(), sample.histogram());
        }
        return true;
    }

    private static boolean same(Value.Sample a, Value.Sample b) {
        return Objects.equals(a.histogram(), b.histogram())
                && (a.histogram() != null
                        || Double.doubleToRawLongBits(a.value()) == Double.doubleToRawLongBits(b.value()));
    }

    @Override
    public Iterable<? extends Series> select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        List<Series> above = written.select(matchers, from, to, hints);
        Iterable<? extends Series> series = below.select(matchers, from, to, hints);
        if (above.isEmpty()) {
            return series;
        }
        return () -> merged(series, above);
    }

    private static Iterator<Series> merged(Iterable<? extends Series> below, List<Series> above) {
        Map<Labels, Series> rest = new HashMap<>();
        above.forEach(series -> rest.put(series.labels(), series));
        Stream<Series> both = StreamSupport.stream(below.spliterator(), false).map(series -> {
            Series over = rest.remove(series.labels());
            return over == null ? series : new Laid(series, over);
        });
        // Lazily: what remains is known only when those below have all been seen.
        Stream<Series> remaining = Stream.of(rest).flatMap(map -> map.values().stream());
        return Stream.concat(both, remaining).iterator();
    }

    /** A series of which some samples lie over others, and count where both are of the same time. */
    private record Laid(Series below, Series above) implements Series {

        @Override
        public Labels labels() {
            return below.labels();
        }

        @Override
        public void read(long from, long to, Samples into) {
            var lower = new Samples();
            var upper = new Samples();
            below.read(from, to, lower);
            above.read(from, to, upper);
            int i = 0;
            for (int j = 0; j < upper.size(); j++) {
                for (; i < lower.size() && lower.time(i) < upper.time(j); i++) {
                    copy(lower, i, into);
                }
                if (i < lower.size() && lower.time(i) == upper.time(j)) {
                    i++;
                }
                copy(upper, j, into);
            }
            for (; i < lower.size(); i++) {
                copy(lower, i, into);
            }
        }

        private static void copy(Samples from, int i, Samples into) {
            if (from.histogram(i) == null) {
                into.add(from.time(i), from.value(i));
            } else {
                into.add(from.time(i), from.histogram(i));
            }
            if (from.start(i) != 0) {
                into.startedAt(from.start(i));
            }
        }
    }
}
