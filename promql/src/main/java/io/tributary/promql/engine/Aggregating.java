package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.StringLiteral;
import io.tributary.promql.value.Columns;
import java.util.function.Supplier;

/** Chooses how an aggregation is computed. */
final class Aggregating {

    private Aggregating() {}

    static Columns of(Evaluator evaluator, Aggregation aggregation) {
        Expr parameter = aggregation.parameter().orElse(null);
        return switch (aggregation.operator()) {
            case TOPK, BOTTOMK -> new Ranking(evaluator, aggregation, Parameters.counts(evaluator, parameter));
            case LIMITK -> new Limit(evaluator, aggregation, Parameters.counts(evaluator, parameter));
            case LIMIT_RATIO -> new LimitRatio(evaluator, aggregation, Parameters.ratios(evaluator, parameter));
            case COUNT_VALUES ->
                new CountValues(evaluator, aggregation, ((StringLiteral) Trees.unwrap(parameter)).value());
            case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, QUANTILE -> {
                var accumulators = accumulators(evaluator, aggregation);
                yield new Grouped(evaluator, aggregation, accumulators);
            }
        };
    }

    private static Supplier<Accumulator> accumulators(Evaluator evaluator, Aggregation aggregation) {
        Query query = evaluator.query();
        int steps = evaluator.steps().count();
        var remarks = new AggregationRemarks(aggregation, query.annotations());
        return switch (aggregation.operator()) {
            case SUM -> () -> new Sum(steps, remarks);
            case AVG -> () -> new Average(steps, remarks);
            case COUNT -> () -> new Count(steps, false);
            case GROUP -> () -> new Count(steps, true);
            case MIN -> () -> new Extreme(steps, false, remarks);
            case MAX -> () -> new Extreme(steps, true, remarks);
            case STDVAR -> () -> new Variance(steps, false, remarks);
            case STDDEV -> () -> new Variance(steps, true, remarks);
            case QUANTILE -> {
                double[] quantiles =
                        Parameters.quantiles(evaluator, aggregation.parameter().orElseThrow());
                yield () -> new Quantile(query, quantiles, remarks);
            }
            default -> throw new IllegalArgumentException(aggregation.operator().symbol());
        };
    }
}
