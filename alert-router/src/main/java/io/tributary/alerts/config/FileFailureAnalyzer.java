package io.tributary.alerts.config;

import io.tributary.alerts.routing.RoutingException;
import io.tributary.promql.rule.file.RuleFileException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says what is wrong with rule files and routing, a line for each problem. */
final class FileFailureAnalyzer implements FailureAnalyzer {
    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof RuleFileException || at instanceof RoutingException) {
                // The report that follows is one line; the problems are many.
                at.getMessage().lines().forEach(System.err::println);
                long problems = at.getMessage().lines().count();
                return new FailureAnalysis("Problems in files: " + problems + ", see the lines above.", null, at);
            }
        }
        return null;
    }
}
