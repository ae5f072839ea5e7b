package io.tributary.promql.parser;

import io.tributary.promql.ast.Aggregator;
import io.tributary.promql.parser.Token.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of the language. They are words only where they make sense: elsewhere most are names as any other. */
final class Words {

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "atan2");
    private static final Set<String> KEYWORDS = Set.of(
            "offset",
            "anchored",
            "smoothed",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "bool",
            "fill",
            "fill_left",
            "fill_right");
    private static final Set<String> BOUNDS = Set.of("start", "end", "step", "range");
    private static final Set<String> NUMBERS = Set.of("inf", "nan");
    private static final Set<String> AGGREGATORS =
            Arrays.stream(Aggregator.values()).map(Aggregator::symbol).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> NEVER_A_METRIC =
            Set.of("on", "ignoring", "group_left", "group_right", "bool", "atan2", "fill", "fill_left", "fill_right");

    private static final Map<Kind, Set<String>> ALL = Map.of(
            Kind.OPERATOR, OPERATORS,
            Kind.KEYWORD, KEYWORDS,
            Kind.BOUND, BOUNDS,
            Kind.NUMBER, NUMBERS,
            Kind.AGGREGATOR, AGGREGATORS);

    private static final Map<String, Kind> BY_WORD = ALL.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(word -> Map.entry(word, e.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Words() {}

    /** What kind of token a word makes, in whatever case it is written. */
    static Kind kindOf(String word) {
        Kind kind = BY_WORD.get(word.toLowerCase(Locale.ROOT));
        if (kind != null) {
            return kind;
        }
        return word.indexOf(':') < 0 ? Kind.IDENTIFIER : Kind.METRIC_IDENTIFIER;
    }

    /** Whether {@code fill} and its like, which are keywords only before a parenthesis. */
    static boolean needsParenthesis(String word) {
        return word.regionMatches(true, 0, "fill", 0, 4) && KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the token may name a metric where an operand stands. */
    static boolean isMetric(Token token) {
        return switch (token.kind()) {
            case IDENTIFIER, METRIC_IDENTIFIER, AGGREGATOR, BOUND -> true;
            case KEYWORD -> !NEVER_A_METRIC.contains(token.value());
            case OPERATOR -> OPERATORS.contains(token.value()) && !NEVER_A_METRIC.contains(token.value());
            default -> false;
        };
    }

    /** Whether the token may name a label where labels are listed. */
    static boolean isLabel(Token token) {
        return switch (token.kind()) {
            case IDENTIFIER, METRIC_IDENTIFIER, AGGREGATOR, BOUND, KEYWORD -> true;
            case OPERATOR -> OPERATORS.contains(token.value());
            default -> false;
        };
    }
}
