package io.tributary.promql.template.alert;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tributary.promql.label.GroupReferences;
import io.tributary.promql.template.FunctionException;

/** Regular expressions in templates, which need not match the whole text. Go: regexp. */
final class Replacement {

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
            result.append(text, from, matcher.start()).append(GroupReferences.expand(replacement, matcher));
            from = matcher.end();
        }
        return result.append(text, from, text.length()).toString();
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new FunctionException(e.getMessage(), e);
        }
    }
}
