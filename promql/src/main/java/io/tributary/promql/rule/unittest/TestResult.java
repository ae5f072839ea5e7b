package io.tributary.promql.rule.unittest;

import java.util.List;

/**
 * What came of one test group.
 *
 * @param name the group's, or {@code unnamed#} and its number from 0
 * @param failures each of a line or more; none if the test passed
 */
public record TestResult(String name, List<String> failures) {

    public TestResult {
        failures = List.copyOf(failures);
    }

    public boolean passed() {
        return failures.isEmpty();
    }
}
