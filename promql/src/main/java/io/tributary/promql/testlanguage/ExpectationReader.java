package io.tributary.promql.testlanguage;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tributary.promql.label.Quoted;
import io.tributary.promql.testlanguage.Expectation.Annotation;
import io.tributary.promql.testlanguage.Expectation.Result;
import io.tributary.promql.testlanguage.Expectation.Text;
import io.tributary.promql.value.Annotations.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** Reads the lines under an {@code eval}. */
final class ExpectationReader {

    private static final java.util.regex.Pattern RANGE_VECTOR = java.util.regex.Pattern.compile(
            "expect\\s+range\\s+vector\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)");
    private static final java.util.regex.Pattern STRING = java.util.regex.Pattern.compile("expect\\s+string\\s+(.+)");
    private static final java.util.regex.Pattern EXPECT = java.util.regex.Pattern.compile(
            "expect\\s+(?:(ordered|no_warn|no_info)|(fail|warn|info)(?:\\s+(msg|regex):(.*))?)");
    private static final java.util.regex.Pattern OLD_FAILURE =
            java.util.regex.Pattern.compile("expected_fail_(message|regexp)\\s+(.+)");

    private final When when;
    private final List<SeriesDescription> series = new ArrayList<>();
    private final List<Annotation> annotations = new ArrayList<>();
    private final Set<Level> without = new LinkedHashSet<>();
    private Result single;
    private Text failure;
    private boolean ordered;
    private When.Range times;

    /** @param mode of the old forms: {@code fail}, {@code warn}, {@code info} or {@code ordered}; null for none */
    ExpectationReader(When when, String mode) {
        this.when = when;
        if (mode != null) {
            expect(0, mode, new Text.Any());
        }
    }

    Expectation result() {
        Result result = single != null ? single : new Result.Series(series, ordered, times);
        return new Expectation(result, failure, annotations, List.copyOf(without));
    }

    void read(int line, String text) {
        Matcher old = OLD_FAILURE.matcher(text);
        Optional<Double> number = Numbers.read(text);
        if (failure != null && old.matches()) {
            failure = text(line, old.group(1).equals("message") ? "msg" : "regex", old.group(2));
        } else if (text.matches("expect\\s.*")) {
            readExpect(line, text);
        } else if (number.isPresent()) {
            single(line, new Result.Scalar(number.get()));
        } else {
            readSeries(line, text);
        }
    }

    private void readExpect(int line, String text) {
        Matcher range = RANGE_VECTOR.matcher(text);
        Matcher string = STRING.matcher(text);
        Matcher expect = EXPECT.matcher(text);
        if (range.matches()) {
            times = ScriptReader.range(line, range.group(1), range.group(2), range.group(3));
            if (when instanceof When.Range) {
                throw new ScriptException(line, text + " (expected: only under eval instant)");
            }
        } else if (string.matches()) {
            single(line, new Result.Text(unquote(line, string.group(1))));
        } else if (expect.matches()) {
            boolean plain = expect.group(1) != null;
            expect(
                    line,
                    expect.group(plain ? 1 : 2),
                    plain ? new Text.Any() : text(line, expect.group(3), expect.group(4)));
        } else {
            throw new ScriptException(
                    line,
                    text + " (expected: expect fail, warn or info [msg: TEXT | regex: PATTERN], no_warn, no_info,"
                            + " ordered, string \"TEXT\", or range vector from START to END step STEP)");
        }
    }

    private void expect(int line, String what, Text text) {
        switch (what) {
            case "ordered" -> ordered = true;
            case "fail" -> fail(line, text);
            case "warn" -> annotations.add(new Annotation(Level.WARNING, text));
            case "info" -> annotations.add(new Annotation(Level.INFO, text));
            case "no_warn" -> without.add(Level.WARNING);
            default -> without.add(Level.INFO);
        }
        if (ordered && when instanceof When.Range) {
            throw new ScriptException(line, "expect ordered (expected: only under eval instant)");
        }
        for (Annotation annotation : annotations) {
            if (without.contains(annotation.level())) {
                throw new ScriptException(line, "expect " + what + " (expected: not beside its opposite)");
            }
        }
    }

    private void fail(int line, Text text) {
        if (failure != null) {
            throw new ScriptException(line, "expect fail (expected: once)");
        }
        failure = text;
    }

    private void single(int line, Result result) {
        if (single != null || !series.isEmpty()) {
            throw new ScriptException(line, "a second result (expected: one number, one string, or series)");
        }
        single = result;
    }

    private void readSeries(int line, String text) {
        SeriesDescription description = ScriptReader.series(line, text);
        if (single != null) {
            throw new ScriptException(line, text + " (expected: nothing after a number or a string)");
        }
        if (description.startTimestamps()) {
            throw new ScriptException(line, text + " (expected: @st only under load)");
        }
        if (when instanceof When.Instant
                && times == null
                && description.values().size() != 1) {
            throw new ScriptException(
                    line,
                    description.values().size()
                            + " values (expected: one for an instant query; a range vector needs expect range vector)");
        }
        When.Range range = when instanceof When.Range asked ? asked : times;
        if (range != null && description.values().size() > range.count()) {
            throw new ScriptException(
                    line,
                    description.values().size() + " values (expected: at most one for each of " + range.count()
                            + " steps)");
        }
        series.add(description);
    }

    private static Text text(int line, String form, String text) {
        if (form == null) {
            return new Text.Any();
        }
        if (form.equals("msg")) {
            return new Text.Exactly(text.strip());
        }
        try {
            return new Text.Matching(Pattern.compile(text.strip()));
        } catch (PatternSyntaxException e) {
            throw new ScriptException(line, "regular expression " + text.strip() + ": " + e.getDescription());
        }
    }

    private static String unquote(int line, String text) {
        try {
            return Quoted.unquote(text);
        } catch (IllegalArgumentException e) {
            throw new ScriptException(line, e.getMessage());
        }
    }
}
