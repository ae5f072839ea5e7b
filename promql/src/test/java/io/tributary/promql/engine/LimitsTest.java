package io.tributary.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.promql.Features;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.QueryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ends a query before its time. */
class LimitsTest {

    private static final long MINUTE = 60_000;

    private final MemoryStore store = new MemoryStore();

    LimitsTest() {
        for (int series = 0; series < 10; series++) {
            for (int i = 0; i <= 100; i++) {
                store.add(Labels.of(Labels.NAME, "m", "s", "" + series), i * MINUTE, i);
            }
        }
    }

    private static QueryResult run(EngineOptions options, Storage storage, String query, Cancellation cancellation) {
        return new Engine(options)
                .range(storage, Parser.parse(query, Features.ALL), 0, 100 * MINUTE, MINUTE, cancellation);
    }

    private QueryResult run(long maxSamples, String query) {
        return run(EngineOptions.DEFAULT.withMaxSamples(maxSamples), store, query, new Cancellation());
    }

    @Test
    void tooManySamplesAtATimeAreRefusedAndSaidSo() {
        assertThatThrownBy(() -> run(1000, "m"))
                .isInstanceOf(QueryException.class)
                .hasMessage("query processing would load too many samples into memory in query execution");
    }

    @Test
    void aSeriesIsLetGoOnceItIsAggregated() {
        // Ten series of 101 samples each; never more than one of them and the sum are held.
        assertThat(run(310, "sum(m)").value()).isNotNull();
        assertThatThrownBy(() -> run(100, "sum(m)")).isInstanceOf(QueryException.class);
    }

    @Test
    void whatIsKeptForAJoinCounts() {
        assertThatThrownBy(() -> run(1000, "sum(m / m)")).isInstanceOf(QueryException.class);
        assertThat(run(2000, "sum(m / m)").value()).isNotNull();
    }

    @Test
    void whatIsKeptForAHistogramIsLetGo() {
        assertThat(run(3000, "count(histogram_quantile(0.5, m)) or count(histogram_quantile(0.6, m)) or vector(1)")
                        .value())
                .isNotNull();
    }

    @Test
    void aCancelledQueryEnds() {
        var cancellation = new Cancellation();
        // Cancelled in the middle: after the third series.
        Storage cancelling = new Storage() {
            private int read;

            @Override
            public Iterable<Series> select(List<Matcher> matchers, long from, long to, SelectHints hints) {
                return store.select(matchers, from, to, hints).stream()
                        .<Series>map(series -> new Series() {
                            @Override
                            public Labels labels() {
                                return series.labels();
                            }

                            @Override
                            public void read(long from, long to, Samples into) {
                                if (++read == 3) {
                                    cancellation.cancel();
                                }
                                assertThat(read).isLessThan(4);
                                series.read(from, to, into);
                            }
                        })
                        .toList();
            }
        };
        assertThatThrownBy(() -> run(EngineOptions.DEFAULT, cancelling, "sum(rate(m[5m]))", cancellation))
                .isInstanceOf(QueryException.class)
                .hasMessage("query was canceled in expression evaluation");
    }

    @Test
    void aQueryThatTakesTooLongEnds() {
        // Each look at this clock takes a second.
        var clock = new Clock() {
            private long seconds;

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(seconds++);
            }
        };
        var options = EngineOptions.DEFAULT.withTimeout(Duration.ofSeconds(5), clock);
        assertThatThrownBy(() -> run(options, store, "sum(m)", new Cancellation()))
                .isInstanceOf(QueryException.class)
                .hasMessage("query timed out in expression evaluation");
    }

    @Test
    void aRangeNeedsAStepAndAVector() {
        var engine = new Engine(EngineOptions.DEFAULT);
        assertThatThrownBy(() -> engine.range(store, Parser.parse("m", Features.STABLE), 0, 1, 0))
                .hasMessageContaining("step: 0 ms");
        assertThatThrownBy(() -> engine.range(store, Parser.parse("m[5m]", Features.STABLE), 0, 1, 1))
                .hasMessage(
                        "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
    }
}
