package io.tributary.promql.rule.file;

import io.tributary.promql.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which names metrics and labels may have. */
enum Names {
    /** Any text. */
    UTF_8(Pattern.compile(".+", Pattern.DOTALL), Pattern.compile(".+", Pattern.DOTALL)),
    LEGACY(Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*"), Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*"));

    private final Pattern metric;
    private final Pattern label;

    Names(Pattern metric, Pattern label) {
        this.metric = metric;
        this.label = label;
    }

    boolean isMetric(String name) {
        return metric.matcher(name).matches() && isText(name);
    }

    boolean isAnnotation(String name) {
        return label.matcher(name).matches() && isText(name);
    }

    /** Whether a rule may set a label of that name. */
    boolean isLabel(String name) {
        return isAnnotation(name) && !name.equals(Labels.NAME);
    }

    /** Whether it has no half of a character. */
    static boolean isText(String value) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }
}
