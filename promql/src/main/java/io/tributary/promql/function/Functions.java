package io.tributary.promql.function;

import io.tributary.promql.ast.Function;
import io.tributary.promql.value.QueryException;
import java.util.EnumMap;
import java.util.Map;

/** What each function of the language does. */
public final class Functions {

    private static final Map<Function, FunctionBody> BODIES = new EnumMap<>(Function.class);

    static {
        instant(Function.ABS, (value, histogram, scope, out) -> {
            if (histogram == null) {
                out.set(Math.abs(value));
            }
        });
    }

    private Functions() {}

    public static FunctionBody of(Function function) {
        FunctionBody body = BODIES.get(function);
        if (body == null) {
            throw new QueryException("unknown function with name \"" + function.symbol() + "\"");
        }
        return body;
    }

    private static void instant(Function function, InstantFunction body) {
        BODIES.put(function, body);
    }
}
