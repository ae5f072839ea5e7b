package io.tributary.promql.label;

import com.google.re2j.Matcher;
import java.util.regex.Pattern;

/**
 * Replacement texts that refer to groups of a regular expression, as Go's {@code Regexp.Expand} has them: {@code $1}
 * and <code>${name}</code> stand for groups, {@code $$} for a dollar, and a group that is not there for nothing.
 */
public final class GroupReferences {

    private static final Pattern REFERENCE = Pattern.compile("\\$(?:(\\$)|\\{(\\w+)\\}|(\\w+))");

    private GroupReferences() {}

    /** The replacement for what the matcher has found. */
    public static String expand(String replacement, Matcher found) {
        return REFERENCE.matcher(replacement).replaceAll(reference -> {
            String name = reference.group(2) == null ? reference.group(3) : reference.group(2);
            String value = reference.group(1) == null ? group(found, name) : "$";
            return java.util.regex.Matcher.quoteReplacement(value == null ? "" : value);
        });
    }

    private static String group(Matcher found, String name) {
        if (name.chars().allMatch(Character::isDigit)) {
            return name.length() < 4 && Integer.parseInt(name) <= found.groupCount()
                    ? found.group(Integer.parseInt(name))
                    : "";
        }
        return found.pattern().namedGroups().containsKey(name) ? found.group(name) : "";
    }
}
