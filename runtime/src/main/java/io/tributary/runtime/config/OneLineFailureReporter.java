package io.tributary.runtime.config;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Reports why a service could not start as one line on standard error, for people and for launchers that show the last
 * line of a log.
 */
final class OneLineFailureReporter implements FailureAnalysisReporter {
    @Override
    public void report(FailureAnalysis analysis) {
        // The logging system may not be there yet, or may be what failed.
        String action = analysis.getAction() == null ? "" : " " + analysis.getAction();
        System.err.println("Not started. "
                + (analysis.getDescription() + action).replaceAll("\\s+", " ").strip());
    }
}
