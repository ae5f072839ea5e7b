package io.tributary.promql.rule.evaluation;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.engine.Cancellation;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.QueryResult;
import io.tributary.promql.label.Labels;
import io.tributary.promql.parser.ParseException;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.List;

/** Asks the engine what rules and their templates ask. */
record RuleQueries(Engine engine, Storage storage, Cancellation cancellation) {

    /** Elements of a vector, and what is to be known about the query. */
    record Answer(List<Value.Sample> elements, Annotations annotations) {}

    /** @throws QueryException if the query cannot be answered, or gives neither a vector nor a number */
    Answer ask(Expr expr, long time) {
        QueryResult result = engine.instant(storage, expr, time, cancellation);
        List<Value.Sample> elements = switch (result.value()) {
            case Value.Vector(List<Value.Sample> samples) -> samples;
            case Value.Scalar(long at, double value) -> List.of(new Value.Sample(Labels.EMPTY, at, value, null));
            case Value.Text text -> throw new QueryException("rule result is not a vector or scalar");
            case Value.Matrix matrix -> throw new QueryException("rule result is not a vector or scalar");
        };
        return new Answer(elements, result.annotations());
    }

    /** As {@link #ask(Expr, long)}, with an expression that may be wrong as well. */
    List<Value.Sample> ask(String expression, long time) {
        try {
            return ask(Parser.parse(expression, engine.options().features()), time)
                    .elements();
        } catch (ParseException e) {
            throw new QueryException(e.getMessage(), e);
        }
    }
}
