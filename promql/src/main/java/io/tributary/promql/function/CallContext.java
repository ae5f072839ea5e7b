package io.tributary.promql.function;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Paren;
import io.tributary.promql.ast.Span;
import io.tributary.promql.ast.StringLiteral;
import io.tributary.promql.value.Annotations;

/** A call within a query: its arguments as written, and where to remark on them. */
public class CallContext {

    private final Call call;
    private final Features features;
    private final Annotations annotations;

    public CallContext(Call call, Features features, Annotations annotations) {
        this.call = call;
        this.features = features;
        this.annotations = annotations;
    }

    public Call call() {
        return call;
    }

    public Features features() {
        return features;
    }

    public Annotations annotations() {
        return annotations;
    }

    /** How many arguments were written. */
    public int arguments() {
        return call.arguments().size();
    }

    /** The string written as that argument, counted from 0. */
    public String text(int argument) {
        var expr = call.arguments().get(argument);
        while (expr instanceof Paren paren) {
            expr = paren.expr();
        }
        return ((StringLiteral) expr).value();
    }

    /** Where that argument stands in the query. */
    public Span span(int argument) {
        return call.arguments().get(argument).span();
    }

    /** Warns, pointing at an argument. */
    public void warn(String message, int argument) {
        annotations.warn(message, span(argument));
    }

    /** Informs, pointing at an argument. */
    public void inform(String message, int argument) {
        annotations.inform(message, span(argument));
    }
}
