package io.tributary.promql.rule.file;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Rule files that cannot be used. The message has a line for each problem. */
public final class RuleFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // immutable, and its elements are strings and numbers
    private final List<Problem> problems;

    RuleFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order of the files and of what they say; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
