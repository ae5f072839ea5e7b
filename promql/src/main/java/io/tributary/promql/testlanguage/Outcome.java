package io.tributary.promql.testlanguage;

import java.util.List;

/**
 * What came of one {@code eval}.
 *
 * @param differences from what is expected; none: it passed
 */
public record Outcome(Command.Eval eval, List<Difference> differences) {

    public Outcome {
        differences = List.copyOf(differences);
    }

    public boolean passed() {
        return differences.isEmpty();
    }
}
