package io.tributary.promql.rule.unittest;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of one unit-test file.
 *
 * @param warnings about what was passed over, such as patterns that no file matches
 * @param problems that the file has itself; then none of its tests ran
 * @param tests of the test groups that were to run, in the file's order
 */
public record FileResult(Path file, List<String> warnings, List<String> problems, List<TestResult> tests) {

    public FileResult {
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
        tests = List.copyOf(tests);
    }

    public boolean passed() {
        return problems.isEmpty() && failed() == 0;
    }

    /** How many tests failed; a file with problems is one. */
    public long failed() {
        return (problems.isEmpty() ? 0 : 1)
                + tests.stream().filter(test -> !test.passed()).count();
    }

    /** How many tests passed. */
    public long passes() {
        return tests.stream().filter(TestResult::passed).count();
    }
}
