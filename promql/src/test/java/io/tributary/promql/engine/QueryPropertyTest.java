package io.tributary.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.label.Labels;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QueryPropertyTest {

    private static final long STEP = 15_000;
    private static final int STEPS = 24;

    @Provide
    Arbitrary<String> queries() {
        return Expressions.vectors(2);
    }

    @Property(tries = 400)
    void whatIsPrintedParsesBackToTheSameTree(@ForAll("queries") String query) {
        Expr expr = Parser.parse(query, Features.ALL);
        assertThat(Parser.parse(expr.toString(), Features.ALL)).isEqualTo(expr);
        assertThat(Parser.parse(expr.toString(), Features.ALL)).hasToString(expr.toString());
    }

    /** The sliding of ranges, the joins once per series and all else that is done for many steps at a time. */
    @Property(tries = 300)
    void aRangeQueryGivesAtEachStepWhatAnInstantQueryGives(
            @ForAll("queries") String query, @ForAll long seed, @ForAll boolean delayed) {
        // A range's end is not that of one of its steps.
        String fixed = query.replace(" @ end()", " @ 300");
        var store = data(seed);
        var engine = new Engine(EngineOptions.DEFAULT.withFeatures(delayed ? Features.ALL : Features.STABLE));
        Expr expr = Parser.parse(fixed, Features.ALL);
        Map<Labels, Map<Long, Value.Point>> range;
        try {
            range = points(engine.range(store, expr, 0, (STEPS - 1) * STEP, STEP));
        } catch (QueryException e) {
            assertThat(failsSomewhere(engine, store, expr)).as(e.getMessage()).isTrue();
            return;
        }
        for (int step = 0; step < STEPS; step++) {
            long time = step * STEP;
            var samples = ((Value.Vector) engine.instant(store, expr, time).value()).samples();
            for (Value.Sample sample : samples) {
                var point = range.getOrDefault(sample.labels(), Map.of()).remove(time);
                assertThat(point).as(sample.labels() + " at " + time).isNotNull();
                assertSame(sample.value(), point.value());
            }
        }
        assertThat(range.values()).allSatisfy(rest -> assertThat(rest).isEmpty());
    }

    private static boolean failsSomewhere(Engine engine, MemoryStore store, Expr expr) {
        for (int step = 0; step < STEPS; step++) {
            try {
                engine.instant(store, expr, step * STEP);
            } catch (QueryException _) {
                return true;
            }
        }
        return false;
    }

    /** But for rounding: sums over a sliding range are not added up in the same order. */
    private static void assertSame(double expected, double got) {
        boolean same = Double.compare(expected, got) == 0
                || Math.abs(expected - got) <= 1e-9 * Math.max(1, Math.max(Math.abs(expected), Math.abs(got)));
        assertThat(same).as(got + " is " + expected).isTrue();
    }

    private static Map<Labels, Map<Long, Value.Point>> points(QueryResult result) {
        var points = new HashMap<Labels, Map<Long, Value.Point>>();
        for (Value.Row row : ((Value.Matrix) result.value()).rows()) {
            var ofRow = points.computeIfAbsent(row.labels(), _ -> new HashMap<>());
            row.points().forEach(point -> ofRow.put(point.time(), point));
        }
        return points;
    }

    private static MemoryStore data(long seed) {
        var random = new Random(seed);
        var store = new MemoryStore();
        for (String name : List.of("a", "b")) {
            for (String x : List.of("1", "2")) {
                for (String y : List.of("p", "q")) {
                    series(store, Labels.of(Labels.NAME, name, "x", x, "y", y), random);
                }
            }
        }
        return store;
    }

    private static void series(MemoryStore store, Labels labels, Random random) {
        double value = random.nextInt(10);
        for (long time = 0; time < STEPS * STEP; time += 5_000 + random.nextInt(20_000)) {
            switch (random.nextInt(12)) {
                case 0 -> value = 0;
                case 1 -> store.add(labels, time, Samples.STALE);
                case 2 -> value = -random.nextInt(5);
                case 3 -> store.add(labels, time, random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY);
                default -> {
                    value += random.nextInt(4);
                    store.add(labels, time, value);
                }
            }
        }
    }
}
