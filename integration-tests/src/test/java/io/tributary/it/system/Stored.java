package io.tributary.it.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;

/** The verdict of the stores on a load: every record is there, and none is there twice. */
public final class Stored {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Search search;
    private final Sql sql;

    public Stored(Tributary tributary) {
        this.search = new Search(tributary);
        this.sql = new Sql(tributary);
    }

    /** Fails unless exactly the records of this load are found, each once. */
    public void exactly(Load load) {
        switch (load.signal()) {
            case LOGS -> exactlyLogs(load);
            case METRICS -> exactlyPoints(load);
            case SPANS -> exactlySpans(load);
        }
    }

    /** Waits until some records of each of these loads are found. */
    public void areComing(List<Load> loads) {
        loads.forEach(load -> patiently(() -> assertThat(count(load)).isPositive()));
    }

    /** Waits until exactly the records of this load are found. */
    public void hasCome(Load load) {
        patiently(() -> assertThat(count(load)).isEqualTo(load.records()));
        exactly(load);
    }

    /** A store that is busy, or has only just started, may not answer the first time. */
    private static void patiently(ThrowingRunnable condition) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(condition);
    }

    /** How many records of this load are found now, doubles included. */
    public long count(Load load) {
        return switch (load.signal()) {
            case LOGS -> search.refreshed().count("logs-generic-*", "attributes.test.run", load.run());
            case METRICS ->
                sql.tables().contains(load.metric()) ? number("SELECT count() FROM '" + load.metric() + "'") : 0;
            case SPANS -> search.refreshed().count("jaeger-span-*", "process.serviceName", load.service());
        };
    }

    /** How many points the rollups of this load count in all. */
    public long rolledUp(Load load) {
        String table = load.metric() + "_rollup_1m";
        return sql.tables().contains(table) ? number("SELECT cast(sum(count) AS long) FROM '" + table + "'") : 0;
    }

    private void exactlyLogs(Load load) {
        var numbers = new Numbers(log -> log.at("/attributes/test.number").asInt());
        search.refreshed().each("logs-generic-*", "attributes.test.run", load.run(), "attributes.test.number", numbers);
        numbers.areAllOf("log records", load.records());
    }

    private void exactlySpans(Load load) {
        var spans = new Numbers(span -> Load.numberOfSpan(span.at("/spanID").asString()));
        search.refreshed().each("jaeger-span-*", "process.serviceName", load.service(), "spanID", spans);
        spans.areAllOf("spans", load.records());
        int size = load.records() / load.traces();
        var traces = new Numbers(trace ->
                Math.toIntExact(Long.parseLong(trace.at("/trace/id").asString().substring(16), 16)) / size);
        search.each("traces-tributary-*", "services", load.service(), "trace.id", traces);
        traces.areAllOf("traces", load.traces());
    }

    private void exactlyPoints(Load load) {
        JsonNode row = sql.query("SELECT count(), count_distinct(cast(value AS long)), cast(min(value) AS long),"
                        + " cast(max(value) AS long), count_distinct(series) FROM '" + load.metric() + "'")
                .getFirst();
        assertThat(row.valueStream().mapToLong(JsonNode::asLong))
                .as("points: all, distinct, first, last, series")
                .containsExactly(
                        (long) load.records(), (long) load.records(), 0L, load.records() - 1L, (long) load.series());
    }

    private long number(String query) {
        return sql.query(query).getFirst().get(0).asLong();
    }

    /** Numbers of found documents, and how many were found before. */
    private static final class Numbers implements Consumer<JsonNode> {
        private final ToIntFunction<JsonNode> number;
        private final BitSet found = new BitSet();
        private final BitSet twice = new BitSet();

        Numbers(ToIntFunction<JsonNode> number) {
            this.number = number;
        }

        @Override
        public void accept(JsonNode document) {
            int one = number.applyAsInt(document);
            (found.get(one) ? twice : found).set(one);
        }

        void areAllOf(String what, int count) {
            assertThat(twice.cardinality())
                    .as("%s that are there twice: %s", what, first(twice))
                    .isZero();
            BitSet missing = new BitSet();
            missing.set(0, count);
            missing.andNot(found);
            assertThat(missing.cardinality())
                    .as("%s that are missing: %s", what, first(missing))
                    .isZero();
            assertThat(found.length()).as("%s that nobody sent", what).isEqualTo(count);
        }

        private static String first(BitSet numbers) {
            return numbers.stream().limit(10).boxed().toList() + (numbers.cardinality() > 10 ? "…" : "");
        }
    }
}
