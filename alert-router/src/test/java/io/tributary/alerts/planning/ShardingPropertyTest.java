package io.tributary.alerts.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.label.Labels;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * On random expressions and data, the answer over all series is the union of the answers of the shards. Answers that
 * are errors are left out: an error stays within its shard.
 */
class ShardingPropertyTest {
    private static final long NOW = 600_000;
    private static final int SHARDS = 3;
    private static final String[] NAMES = {"m", "n"};
    private static final String[] LABELS = {"a", "b", "c"};

    private final Engine engine = new Engine(EngineOptions.DEFAULT);

    @Property(tries = 2000)
    void shardsTogetherGiveTheAnswer(@ForAll("expressions") String text, @ForAll long seed) {
        Expr expr = Parser.parse(text, Features.STABLE);
        LabelSet labels = Sharding.of(expr);
        MemoryStore all = new MemoryStore();
        List<MemoryStore> shards = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
            shards.add(new MemoryStore());
        }
        fill(new Random(seed), labels, all, shards);
        Map<Labels, Long> whole;
        try {
            whole = answer(all, expr);
        } catch (QueryException e) {
            Statistics.collect("error");
            return;
        }
        Statistics.collect(labels.isEmpty() ? "one shard" : whole.isEmpty() ? "empty" : "split");
        if (!labels.isEmpty()) {
            Map<Labels, Long> union = new HashMap<>();
            for (MemoryStore shard : shards) {
                answer(shard, expr)
                        .forEach((element, bits) -> assertThat(union.put(element, bits))
                                .as("%s in two shards of %s", element, text)
                                .isNull());
            }
            assertThat(union).as("%s, split %s", text, labels).isEqualTo(whole);
        }
    }

    private static void fill(Random random, LabelSet labels, MemoryStore all, List<MemoryStore> shards) {
        for (int i = 0; i < 14; i++) {
            Map<String, String> made = new HashMap<>();
            made.put(Labels.NAME, NAMES[random.nextInt(NAMES.length)]);
            for (String label : LABELS) {
                // An empty value is a label that is not there.
                made.put(label, List.of("", "1", "2").get(random.nextInt(3)));
            }
            if (random.nextInt(3) == 0) {
                made.put("le", List.of("1", "2", "+Inf").get(random.nextInt(3)));
            }
            Labels series = Labels.of(made);
            MemoryStore shard = shards.get(Math.floorMod(labels.hash(series, 7), SHARDS));
            for (long time = 0; time <= NOW; time += 60_000) {
                double value = random.nextInt(20) + random.nextInt(1000) / 1024.0;
                all.add(series, time, value);
                shard.add(series, time, value);
            }
        }
    }

    private Map<Labels, Long> answer(Storage storage, Expr expr) {
        Map<Labels, Long> elements = new HashMap<>();
        switch (engine.instant(storage, expr, NOW).value()) {
            case Value.Vector vector ->
                vector.samples()
                        .forEach(sample -> elements.put(sample.labels(), Double.doubleToLongBits(sample.value())));
            case Value.Scalar scalar -> elements.put(Labels.EMPTY, Double.doubleToLongBits(scalar.value()));
            default -> throw new IllegalStateException("neither vector nor scalar");
        }
        return elements;
    }

    @Provide
    Arbitrary<String> expressions() {
        return vector(3);
    }

    private static Arbitrary<String> vector(int depth) {
        Arbitrary<String> leaf = Arbitraries.frequencyOf(
                Tuple.of(6, selector()),
                Tuple.of(3, ranged(selector())),
                Tuple.of(1, Arbitraries.of("vector(3)", "absent(m)", "vector(scalar(n))")));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = Arbitraries.lazy(() -> vector(depth - 1));
        return Arbitraries.frequencyOf(
                Tuple.of(2, leaf),
                Tuple.of(4, aggregation(inner)),
                Tuple.of(4, join(inner)),
                Tuple.of(3, function(inner)),
                Tuple.of(1, subquery(inner)));
    }

    private static Arbitrary<String> selector() {
        return Combinators.combine(
                        Arbitraries.of(NAMES),
                        Arbitraries.of("", "{a=\"1\"}", "{b!=\"\"}", "{c=~\"1|2\"}"),
                        Arbitraries.of("", "", " offset 2m"))
                .as((name, matchers, offset) -> name + matchers + offset);
    }

    private static Arbitrary<String> ranged(Arbitrary<String> selector) {
        return Combinators.combine(
                        Arbitraries.of("rate", "max_over_time", "sum_over_time", "last_over_time", "delta"), selector)
                .as((function, inner) -> function + "("
                        + (inner.contains(" offset") ? inner.replace(" offset", "[5m] offset") : inner + "[5m]")
                        + ")");
    }

    private static Arbitrary<String> grouping() {
        return Combinators.combine(Arbitraries.of("by", "by", "without"), labels())
                .as((word, labels) -> word + " (" + labels + ")");
    }

    private static Arbitrary<String> labels() {
        return Arbitraries.of("a", "b", "c", "le").set().ofMaxSize(3).map(names -> String.join(", ", names));
    }

    private static Arbitrary<String> aggregation(Arbitrary<String> inner) {
        return Combinators.combine(
                        Arbitraries.of(
                                "sum %s (%s)",
                                "count %s (%s)",
                                "max %s (%s)",
                                "avg %s (%s)",
                                "topk %s (2, %s)",
                                "bottomk %s (1, %s)",
                                "quantile %s (0.5, %s)",
                                "count_values %s ('b', %s)"),
                        grouping(),
                        inner)
                .as(String::formatted);
    }

    private static Arbitrary<String> join(Arbitrary<String> inner) {
        Arbitrary<String> matching = Combinators.combine(Arbitraries.of("on", "ignoring"), labels())
                .as((word, labels) -> word + " (" + labels + ")");
        Arbitrary<String> arithmetic = Combinators.combine(
                        Arbitraries.of("+", "/", ">", "== bool", "<"),
                        matching,
                        Arbitraries.of("", " group_left ()", " group_right ()", " group_left (c)"))
                .as((operator, match, group) -> group.contains("(c)") && match.contains("on (") && match.contains("c")
                        ? operator + " " + match + " group_left ()"
                        : operator + " " + match + group);
        Arbitrary<String> set = Combinators.combine(Arbitraries.of("and", "or", "unless"), matching)
                .as((operator, match) -> operator + " " + match);
        return Combinators.combine(inner, Arbitraries.oneOf(arithmetic, set, Arbitraries.of("and", "or", "+")), inner)
                .as((left, operator, right) -> "(" + left + ") " + operator + " (" + right + ")");
    }

    private static Arbitrary<String> function(Arbitrary<String> inner) {
        return Combinators.combine(
                        Arbitraries.of(
                                "abs(%s)",
                                "-(%s)",
                                "(%s) > 3",
                                "2 * (%s)",
                                "(%s) - time()",
                                "clamp_max(%s, 5)",
                                "histogram_quantile(0.5, %s)",
                                "label_replace(%s, 'a', '$1', 'b', '(.*)')",
                                "label_join(%s, 'c', '-', 'a', 'b')",
                                "absent(%s)",
                                "vector(scalar(%s))",
                                "sort(%s)"),
                        inner)
                .as(String::formatted);
    }

    private static Arbitrary<String> subquery(Arbitrary<String> inner) {
        return inner.map(expression -> "max_over_time((" + expression + ")[3m:1m])");
    }
}
