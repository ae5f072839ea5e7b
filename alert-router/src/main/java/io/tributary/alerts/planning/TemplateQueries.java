package io.tributary.alerts.planning;

import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.engine.Selection;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.parser.ParseException;
import io.tributary.promql.parser.Parser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The queries that templates make, as far as they can be told from the text: literals, and formats whose matchers on
 * what is filled in are left out. Samples that only other queries read are not kept, and such queries find nothing.
 */
final class TemplateQueries {
    private static final Pattern QUERY = Pattern.compile("\\bquery\\b");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`");
    private static final Pattern VERB = Pattern.compile("%[-+# 0-9.]*([a-zA-Z])");
    private static final String FILLED_IN = "\u0001";

    private TemplateQueries() {}

    /** Whether any of the templates makes a query. */
    static boolean isIn(Collection<String> templates) {
        return templates.stream().anyMatch(text -> QUERY.matcher(text).find());
    }

    /** What the queries of the templates read. */
    static List<Selection> of(Collection<String> templates, EngineOptions options) {
        return templates.stream()
                .filter(text -> QUERY.matcher(text).find())
                .flatMap(text -> LITERAL.matcher(text).results())
                .map(literal -> literal.group(1) == null
                        ? literal.group(2)
                        : literal.group(1).translateEscapes())
                .flatMap(text -> selections(text, options))
                .toList();
    }

    private static Stream<Selection> selections(String text, EngineOptions options) {
        String expression =
                VERB.matcher(text).replaceAll(verb -> verb.group(1).equals("q") ? '"' + FILLED_IN + '"' : FILLED_IN);
        try {
            List<Selection> known = new ArrayList<>();
            for (Selection selection : Selection.of(Parser.parse(expression, options.features()), options)) {
                List<Matcher> told = selection.matchers().stream()
                        .filter(matcher -> !matcher.value().contains(FILLED_IN))
                        .toList();
                // A query for everything would keep everything.
                if (told.stream().anyMatch(matcher -> !matcher.matches(""))) {
                    known.add(new Selection(told, selection.back()));
                }
            }
            return known.stream();
        } catch (ParseException | IllegalArgumentException notAQuery) {
            return Stream.empty();
        }
    }
}
