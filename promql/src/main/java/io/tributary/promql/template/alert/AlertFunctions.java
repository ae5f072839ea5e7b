package io.tributary.promql.template.alert;

import static io.tributary.promql.template.Type.ANY;
import static io.tributary.promql.template.Type.STRING;

import io.tributary.promql.Durations;
import io.tributary.promql.template.Escapes;
import io.tributary.promql.template.Function;
import io.tributary.promql.template.FunctionException;
import io.tributary.promql.template.Functions;
import io.tributary.promql.template.SafeHtml;
import io.tributary.promql.template.time.GoDuration;
import io.tributary.promql.value.QueryException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The functions of Prometheus's templates. Prometheus: template reference, "Functions". */
public final class AlertFunctions {

    /** Where a graph and a table of an expression are shown, after the address of Prometheus. */
    private static final String LINK = "/graph?g0.expr=%s&g0.tab=%d";

    private AlertFunctions() {}

    /**
     * The functions at a time.
     *
     * @param time in milliseconds since the epoch
     * @param externalUrl the address at which people reach the service
     */
    public static Functions at(long time, Query query, URI externalUrl) {
        var all = new ArrayList<Function>();
        all.addAll(queries(query));
        all.addAll(numbers(time));
        all.addAll(texts());
        all.add(Function.of("externalURL", args -> externalUrl.toString()));
        all.add(Function.of("pathPrefix", args -> externalUrl.getPath() == null ? "" : externalUrl.getPath()));
        return Functions.builtIn().with(all);
    }

    private static List<Function> queries(Query query) {
        return List.of(
                Function.of("query", args -> elements(query, (String) args.getFirst()), STRING),
                Function.of("first", args -> first((QueryElements) args.getFirst()), QueryElements.TYPE),
                Function.of("value", args -> ((QuerySample) args.getFirst()).value(), QuerySample.TYPE),
                Function.of("strvalue", args -> ((QuerySample) args.getFirst()).label("__value__"), QuerySample.TYPE),
                Function.of(
                        "label",
                        args -> ((QuerySample) args.get(1)).label((String) args.get(0)),
                        STRING,
                        QuerySample.TYPE),
                Function.of(
                        "sortByLabel",
                        args -> ((QueryElements) args.get(1)).sortedBy((String) args.get(0)),
                        STRING,
                        QueryElements.TYPE));
    }

    private static QueryElements elements(Query query, String expression) {
        try {
            return QueryElements.of(query.elements(expression));
        } catch (QueryException e) {
            throw new FunctionException(e.getMessage(), e);
        }
    }

    private static QuerySample first(QueryElements elements) {
        if (elements.isEmpty()) {
            throw new FunctionException("first() called on vector with no elements");
        }
        return elements.getFirst();
    }

    private static List<Function> numbers(long time) {
        return List.of(
                Function.of("humanize", args -> Humanize.decimal(Numbers.of(args.getFirst())), ANY),
                Function.of("humanize1024", args -> Humanize.binary(Numbers.of(args.getFirst())), ANY),
                Function.of("humanizeDuration", args -> Humanize.duration(Numbers.of(args.getFirst())), ANY),
                Function.of("humanizePercentage", args -> Humanize.percentage(Numbers.of(args.getFirst())), ANY),
                Function.of("humanizeTimestamp", args -> Humanize.timestamp(Numbers.of(args.getFirst())), ANY),
                Function.of("toTime", args -> Humanize.time(Numbers.of(args.getFirst())), ANY),
                Function.of("toDuration", args -> new GoDuration((long) (Numbers.of(args.getFirst()) * 1e9)), ANY),
                Function.of("parseDuration", args -> seconds((String) args.getFirst()), STRING),
                Function.of("now", args -> time / 1000.0));
    }

    private static double seconds(String text) {
        boolean negative = text.startsWith("-");
        try {
            double seconds = Durations.parse(negative ? text.substring(1) : text) / 1000.0;
            return negative ? -seconds : seconds;
        } catch (IllegalArgumentException e) {
            throw new FunctionException(e.getMessage(), e);
        }
    }

    private static List<Function> texts() {
        return List.of(
                text("title", Titles::of),
                text("toUpper", each -> each.toUpperCase(Locale.ROOT)),
                text("toLower", each -> each.toLowerCase(Locale.ROOT)),
                text("stripPort", Hosts::stripPort),
                text("stripDomain", Hosts::stripDomain),
                text("graphLink", each -> String.format(LINK, Escapes.urlQuery(each), 0)),
                text("tableLink", each -> String.format(LINK, Escapes.urlQuery(each), 1)),
                text("urlQueryEscape", Escapes::urlQuery),
                Function.of("safeHtml", args -> new SafeHtml((String) args.getFirst()), STRING),
                Function.of(
                        "match",
                        args -> Replacement.matches((String) args.get(0), (String) args.get(1)),
                        STRING,
                        STRING),
                Function.of(
                        "reReplaceAll",
                        args -> Replacement.replaceAll(
                                (String) args.get(0), (String) args.get(1), (String) args.get(2)),
                        STRING,
                        STRING,
                        STRING),
                Function.variadic("args", AlertFunctions::named, ANY));
    }

    private static Function text(String name, UnaryOperator<String> body) {
        return Function.of(name, args -> body.apply((String) args.getFirst()), STRING);
    }

    /** The arguments as a map, so that one template can give another several values. */
    private static Object named(List<Object> arguments) {
        var named = new TreeMap<String, Object>();
        for (int i = 0; i < arguments.size(); i++) {
            named.put("arg" + i, arguments.get(i));
        }
        return named;
    }
}
