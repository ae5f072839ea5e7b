package io.tributary.alerts.rule;

import java.util.List;
import java.util.stream.Collectors;

/** Rule files that cannot be taken, with every problem of all of them, a line each. */
public final class RuleFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<RuleProblem> problems;

    RuleFileException(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order of files and lines. */
    public List<RuleProblem> problems() {
        return problems;
    }
}
