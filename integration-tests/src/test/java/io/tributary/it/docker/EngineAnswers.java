package io.tributary.it.docker;

import io.tributary.it.system.Result;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds where a Docker engine answers. */
final class EngineAnswers implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String problem;
        try {
            Result version = Docker.COMMAND.run("version", "--format", "{{.Server.Version}}");
            if (version.code() == 0) {
                return ConditionEvaluationResult.enabled(
                        "Docker " + version.out().strip());
            }
            problem = version.err().strip();
        } catch (UncheckedIOException e) {
            problem = e.getCause().getMessage();
        }
        String word = "no Docker engine answers (" + problem + "); integration-tests/docker/with-engine starts one";
        System.err.println(context.getDisplayName() + " is skipped: " + word);
        return ConditionEvaluationResult.disabled(word);
    }
}
