package io.tributary.promql.engine;

import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Function;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Shift;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.value.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What series an instant query reads, and how far back: for stores that keep only what is asked for.
 *
 * @param matchers which series
 * @param back how long before the time of evaluation the oldest sample may lie that can count, in milliseconds; at
 *     least the look-back. A time fixed by {@code @} is not known to lie at any distance and is left out of account.
 */
public record Selection(List<Matcher> matchers, long back) {

    /** The metric whose labels {@code info} adds if it is not told another. */
    private static final String TARGET_INFO = "target_info";

    public Selection {
        matchers = List.copyOf(matchers);
    }

    /** All that the expression reads, in the order of the text. */
    public static List<Selection> of(Expr expr, EngineOptions options) {
        var found = new ArrayList<Selection>();
        new Search(options.lookback().toMillis(), new Lengths(Steps.at(0)), found).in(expr, 0);
        return found;
    }

    private record Search(long lookback, Lengths lengths, List<Selection> found) {

        void in(Expr expr, long back) {
            switch (expr) {
                case Selector selector -> add(selector, back);
                case RangeSelector range -> {
                    boolean extended = range.selector().extension() != Selector.Extension.NONE;
                    add(range.selector(), back + lengths.range(range.range()) + (extended ? lookback : 0));
                }
                case Subquery subquery ->
                    in(subquery.expr(), back + lengths.range(subquery.range()) + offset(subquery.shift()));
                case Call call when call.function() == Function.INFO -> info(call, back);
                default -> expr.children().forEach(child -> in(child, back));
            }
        }

        private void add(Selector selector, long back) {
            found.add(new Selection(selector.matchers(), lookback + Math.max(0, back + offset(selector.shift()))));
        }

        private void info(Call call, long back) {
            in(call.arguments().getFirst(), back);
            List<Matcher> matchers =
                    call.arguments().size() > 1 && call.arguments().get(1) instanceof Selector selector
                            ? selector.matchers()
                            : List.of();
            boolean named = matchers.stream().anyMatch(matcher -> matcher.name().equals(Labels.NAME));
            var name = new Matcher(Labels.NAME, Matcher.Operator.EQUAL, TARGET_INFO);
            // Which labels are added decides the function; matchers on them must not keep samples from it.
            Stream<Matcher> names =
                    named ? matchers.stream().filter(matcher -> matcher.name().equals(Labels.NAME)) : Stream.of(name);
            found.add(new Selection(names.toList(), lookback + back));
        }

        private long offset(Shift shift) {
            return shift.offset().map(lengths::offset).orElse(0L);
        }
    }
}
