package io.tributary.promql.template;

import java.util.List;

/** The functions that Go's templates always know. Go: text/template, "Functions". */
final class BuiltIns {

    /** The two that leave arguments alone once the answer is known. */
    static final String AND = "and";

    static final String OR = "or";

    private static final Type ANY = Type.ANY;

    static final List<Function> ALL = List.of(
            Function.variadic(AND, List::getLast, ANY, ANY),
            Function.variadic(OR, List::getLast, ANY, ANY),
            Function.of("not", args -> !Truth.of(args.getFirst()), ANY),
            Function.variadic("call", BuiltIns::call, ANY, ANY),
            Function.variadic("html", args -> Escapes.html(GoText.print(args), false), ANY),
            Function.variadic("js", args -> Escapes.js(GoText.print(args)), ANY),
            Function.variadic("urlquery", args -> Escapes.urlQuery(GoText.print(args)), ANY),
            Function.variadic("index", args -> Indexing.index(args.getFirst(), rest(args)), ANY, ANY),
            Function.variadic("slice", args -> Indexing.slice(args.getFirst(), rest(args)), ANY, ANY),
            Function.of("len", args -> Indexing.length(args.getFirst()), ANY),
            Function.variadic("print", GoText::print, ANY),
            Function.variadic("println", GoText::printLine, ANY),
            Function.variadic("printf", args -> Printf.format((String) args.getFirst(), rest(args)), Type.STRING, ANY),
            Function.variadic("eq", Comparison::equal, ANY, ANY),
            Function.of("ne", args -> !Comparison.equal(args.get(0), args.get(1)), ANY, ANY),
            Function.of("lt", args -> Comparison.less(args.get(0), args.get(1)), ANY, ANY),
            Function.of(
                    "le",
                    args -> Comparison.less(args.get(0), args.get(1)) || Comparison.equal(args.get(0), args.get(1)),
                    ANY,
                    ANY),
            Function.of("gt", args -> Comparison.less(args.get(1), args.get(0)), ANY, ANY),
            Function.of(
                    "ge",
                    args -> Comparison.less(args.get(1), args.get(0)) || Comparison.equal(args.get(0), args.get(1)),
                    ANY,
                    ANY));

    private BuiltIns() {}

    private static Object call(List<Object> args) {
        if (args.getFirst() instanceof Function function) {
            String refusal = function.refusal(args.size() - 1);
            if (refusal != null) {
                throw new FunctionException(refusal);
            }
            return function.body().call(rest(args));
        }
        throw new FunctionException("non-function of type " + Type.of(args.getFirst()));
    }

    private static List<Object> rest(List<Object> args) {
        return args.subList(1, args.size());
    }
}
