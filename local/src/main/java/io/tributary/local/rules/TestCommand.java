package io.tributary.local.rules;

import com.google.re2j.PatternSyntaxException;
import io.tributary.local.console.Console;
import io.tributary.promql.rule.unittest.FileResult;
import io.tributary.promql.rule.unittest.TestResult;
import io.tributary.promql.rule.unittest.UnitTests;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary rules test}: runs unit tests of rules, with the verdicts of {@code promtool test rules}. */
@Command(name = "test", description = "Runs unit-test files of rules; exits 1 if a test fails.")
final class TestCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Unit-test files.")
    private List<Path> files;

    @Option(
            names = "--run",
            paramLabel = "REGEX",
            description = "Runs only the test groups in whose name one of these is found.")
    private List<String> selected = List.of();

    @Option(names = "--ignore-unknown-fields", description = "Passes over fields that no rule file has.")
    private boolean ignoreUnknownFields;

    @Mixin
    private FeatureOptions features;

    @Spec
    private CommandSpec spec;

    TestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        UnitTests tests = tests();
        long passed = 0;
        long failed = 0;
        for (Path file : files) {
            FileResult result = tests.run(file);
            tell(result);
            passed += result.passes();
            failed += result.failed();
        }
        console.line(passed + " passed, " + failed + " failed");
        return failed == 0 ? RulesCommand.DONE : RulesCommand.FAILED;
    }

    private UnitTests tests() {
        try {
            return new UnitTests(features.allowed(), ignoreUnknownFields, selected);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(), "--run: " + e.getMessage(), e);
        }
    }

    private void tell(FileResult result) {
        console.line("Unit Testing:  " + result.file());
        result.warnings().forEach(warning -> console.line("  WARNING: " + warning));
        if (result.passed()) {
            console.verdict(true, "  SUCCESS");
        } else {
            console.verdict(false, "  FAILED:");
            result.problems().forEach(console::line);
            result.tests().stream().filter(test -> !test.passed()).forEach(this::tell);
        }
        console.line("");
    }

    private void tell(TestResult test) {
        console.line("    name: " + test.name());
        test.failures().forEach(console::line);
    }
}
