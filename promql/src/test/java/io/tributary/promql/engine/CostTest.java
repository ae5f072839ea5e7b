package io.tributary.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.promql.storage.Storage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts what a query does, rather than how long it takes. */
class CostTest {

    private static final long INTERVAL = 15_000;
    private static final int SAMPLES = 2_000;

    /** One series, and how many of its samples were read. */
    private static final class Counting implements Storage, Series {
        private long read;

        @Override
        public List<Series> select(List<Matcher> matchers, long from, long to, SelectHints hints) {
            return List.of(this);
        }

        @Override
        public Labels labels() {
            return Labels.of(Labels.NAME, "requests_total");
        }

        @Override
        public void read(long from, long to, Samples into) {
            for (long i = Math.max(0, Math.ceilDiv(from, INTERVAL)); i < SAMPLES && i * INTERVAL <= to; i++) {
                into.add(i * INTERVAL, (double) i);
                read++;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests_total",
                "rate(requests_total[10m])",
                "sum_over_time(requests_total[1h])",
                "max_over_time(rate(requests_total[5m])[30m:15s])",
                "quantile_over_time(0.5, requests_total[10m])"
            })
    void eachSampleIsReadOnceHoweverManyStepsNeedIt(String query) {
        assertThat(read(query, 10)).isLessThanOrEqualTo(SAMPLES);
        assertThat(read(query, 1_000)).isLessThanOrEqualTo(SAMPLES);
        assertThat(read(query, 1_000)).isEqualTo(read(query, 10));
    }

    private static long read(String query, int steps) {
        var series = new Counting();
        long start = 2 * 3_600_000;
        long end = (SAMPLES - 1) * INTERVAL;
        long step = (end - start) / steps;
        new Engine(EngineOptions.DEFAULT)
                .range(series, Parser.parse(query, Features.STABLE), end - steps * step, end, step);
        return series.read;
    }
}
