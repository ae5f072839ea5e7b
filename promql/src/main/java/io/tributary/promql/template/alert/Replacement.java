package io.tributary.promql.template.alert;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tributary.promql.template.FunctionException;

/** Regular expressions in templates, which need not match the whole text. Go: regexp. */
final class Replacement {

    private static final java.util.regex.Pattern GROUP =
            java.util.regex.Pattern.compile("\\$(?:(\\$)|\\{(\\w+)\\}|(\\w+))");

    private Replacement() {}

    static boolean matches(String pattern, String text) {
        return compile(pattern).matcher(text).find();
    }

    /** Replaces each match; {@code $1} and {@code ${name}} stand for groups, {@code $$} for a dollar. */
    static String replaceAll(String pattern, String replacement, String text) {
        Matcher matcher = compile(pattern).matcher(text);
        var result = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            result.append(text, from, matcher.start()).append(expanded(replacement, matcher));
            from = matcher.end();
        }
        return result.append(text, from, text.length()).toString();
    }

    private static String expanded(String replacement, Matcher matcher) {
        return GROUP.matcher(replacement).replaceAll(found -> {
            String name = found.group(2) == null ? found.group(3) : found.group(2);
            String value = found.group(1) == null ? group(matcher, name) : "$";
            return java.util.regex.Matcher.quoteReplacement(value == null ? "" : value);
        });
    }

    /** Null or empty for a group that is not there or took no part. */
    private static String group(Matcher matcher, String name) {
        if (name.chars().allMatch(Character::isDigit)) {
            return name.length() < 4 && Integer.parseInt(name) <= matcher.groupCount()
                    ? matcher.group(Integer.parseInt(name))
                    : "";
        }
        return matcher.pattern().namedGroups().containsKey(name) ? matcher.group(name) : "";
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new FunctionException(e.getMessage(), e);
        }
    }
}
