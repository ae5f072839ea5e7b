package io.tributary.promql.engine;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random expressions that are of sound types, over the metrics {@code a} and {@code b} with labels x and y. */
public final class Expressions {

    /** What is added up in another order where ranges slide, and so rounded otherwise. */
    private static final Pattern ROUNDED = Pattern.compile("(stddev|stdvar)_over_time|deriv|predict_linear");
    /** What makes another answer of a number that is rounded otherwise: a step, or a quotient by next to nothing. */
    private static final Pattern JUMPS =
            Pattern.compile("ceil|sgn|topk|changes|resets|rate|increase|ts_of|% |> |< |== |/ ");

    private Expressions() {}

    /** Instant vectors, up to that many operations deep, whose answers do not hang on how numbers are rounded. */
    public static Arbitrary<String> vectors(int depth) {
        return all(depth)
                .filter(query ->
                        !(ROUNDED.matcher(query).find() && JUMPS.matcher(query).find()));
    }

    private static Arbitrary<String> all(int depth) {
        Arbitrary<String> selector = Combinators.combine(
                        Arbitraries.of("a", "b", "a{x=\"1\"}", "b{y!~\"q.*\"}", "{__name__=~\"a|b\",x=\"2\"}"),
                        Arbitraries.of("", " offset 1m", " offset -30s", " @ 120", " @ end()"))
                .as((name, modifier) -> name + modifier);
        if (depth == 0) {
            return selector;
        }
        Arbitrary<String> inner = all(depth - 1);
        Arbitrary<String> called = Combinators.combine(
                        Arbitraries.of("abs", "ceil", "-", "sgn", "sort", "timestamp", "absent", "exp"), inner)
                .as((function, argument) -> function + "(" + argument + ")");
        Arbitrary<String> ranged = Combinators.combine(
                        Arbitraries.of(
                                "rate",
                                "increase",
                                "delta",
                                "irate",
                                "changes",
                                "resets",
                                "deriv",
                                "sum_over_time",
                                "avg_over_time",
                                "min_over_time",
                                "max_over_time",
                                "count_over_time",
                                "last_over_time",
                                "stddev_over_time",
                                "present_over_time",
                                "absent_over_time",
                                "idelta"),
                        inner,
                        Arbitraries.of("45s:15s", "3m:1m", "2m:"))
                .as((function, argument, range) -> function + "((" + argument + ")[" + range + "])");
        Arbitrary<String> selected = Combinators.combine(
                        Arbitraries.of(
                                "rate(%s)",
                                "rate(%s anchored)",
                                "increase(%s smoothed)",
                                "changes(%s anchored)",
                                "sum_over_time(%s)",
                                "avg_over_time(%s)",
                                "max_over_time(%s)",
                                "min_over_time(%s)",
                                "ts_of_max_over_time(%s)",
                                "ts_of_min_over_time(%s)",
                                "stdvar_over_time(%s)",
                                "quantile_over_time(0.3, %s)",
                                "mad_over_time(%s)",
                                "deriv(%s)",
                                "predict_linear(%s, 60)",
                                "double_exponential_smoothing(%s, 0.3, 0.7)"),
                        Arbitraries.of("a", "b{y=\"p\"}"),
                        Arbitraries.of("45s", "2m", "5m"))
                .as((call, name, range) -> call.formatted(name + "[" + range + "]"));
        Arbitrary<String> aggregated = Combinators.combine(
                        Arbitraries.of("sum", "avg", "count", "min", "max", "stddev", "group", "topk", "quantile"),
                        Arbitraries.of("", " by (x)", " without (y)", " by (x, y)"),
                        inner)
                .as((operator, grouping, argument) -> operator + grouping + "("
                        + (operator.equals("topk") ? "2, " : operator.equals("quantile") ? "0.4, " : "") + argument
                        + ")");
        Arbitrary<String> joined = Combinators.combine(
                        inner,
                        Arbitraries.of(
                                "+",
                                "-",
                                "*",
                                "/",
                                "> bool",
                                "and",
                                "or",
                                "unless",
                                "== on (x, y)",
                                "and on (x)",
                                "* on (x) group_left (y)"),
                        inner)
                .as((left, operator, right) -> "(" + left + ") " + operator + " sum by (x, y) (" + right + ")");
        Arbitrary<String> scaled = Combinators.combine(
                        inner, Arbitraries.of("+ 1", "* 2", "> 3", "< bool 2", "^ 2", "% 3", "* time()", "- scalar(a)"))
                .as((vector, rest) -> "(" + vector + ") " + rest);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, selector),
                net.jqwik.api.Tuple.of(2, called),
                net.jqwik.api.Tuple.of(2, ranged),
                net.jqwik.api.Tuple.of(2, selected),
                net.jqwik.api.Tuple.of(2, aggregated),
                net.jqwik.api.Tuple.of(2, joined),
                net.jqwik.api.Tuple.of(1, scaled));
    }
}
