package io.tributary.local.promql;

import io.tributary.local.Context;
import io.tributary.promql.testlanguage.Difference;
import io.tributary.promql.testlanguage.Outcome;
import io.tributary.promql.testlanguage.Runner;
import io.tributary.promql.testlanguage.Script;
import io.tributary.promql.testlanguage.ScriptException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Runs scripts of Prometheus's test language: prints each failure, then how many queries passed and failed. A script
 * that cannot be read counts as one that failed.
 */
@Command(name = "test", description = "Runs scripts of Prometheus's test language.")
final class TestCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A script.")
    private List<String> files;

    @Mixin
    private FeatureOptions features;

    private int passed;
    private int failed;

    TestCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        passed = 0;
        failed = 0;
        var options = Runner.OPTIONS.withFeatures(features.of(Runner.OPTIONS.features()));
        var runner = new Runner(options);
        for (String file : files) {
            run(runner, file);
        }
        context.console().verdict(failed == 0, passed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private void run(Runner runner, String file) {
        try {
            runner.run(Script.parse(Files.readString(Path.of(file)))).forEach(outcome -> report(file, outcome));
        } catch (ScriptException e) {
            broken(file + ":" + e.line() + ": " + e.getMessage());
        } catch (NoSuchFileException _) {
            broken(file + ": no such file");
        } catch (CharacterCodingException _) {
            broken(file + ": not UTF-8");
        } catch (IOException e) {
            broken(file + ": cannot be read: " + e.getMessage());
        }
    }

    private void broken(String problem) {
        failed++;
        context.console().line(problem);
    }

    private void report(String file, Outcome outcome) {
        if (outcome.passed()) {
            passed++;
            return;
        }
        failed++;
        context.console().line(file + ":" + outcome.eval().line() + ": " + outcome.eval());
        for (Difference difference : outcome.differences()) {
            context.console().line("  expected  " + difference.expected());
            context.console().line("  got       " + difference.got());
        }
    }
}
