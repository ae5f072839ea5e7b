package io.tributary.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one line what is wrong with the configuration: unknown keys, values of the wrong type, and what a properties
 * record refuses.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        return new FailureAnalysis("Configuration: " + problem(cause), "", cause);
    }

    private static String problem(BindException bind) {
        for (Throwable at = bind.getCause(); at != null; at = at.getCause()) {
            if (at instanceof UnboundConfigurationPropertiesException unknown) {
                return unknown.getUnboundProperties().stream()
                        .map(property -> property.getName() + ": unknown key (expected: a documented one)")
                        .sorted()
                        .collect(Collectors.joining("; "));
            }
            if (at instanceof BindValidationException invalid) {
                List<String> problems = new ArrayList<>();
                invalid.getValidationErrors()
                        .getAllErrors()
                        .forEach(error -> problems.add(bind.getName() + ": " + error.getDefaultMessage()));
                return String.join("; ", problems);
            }
            if (at.getCause() == null && at instanceof IllegalArgumentException refused) {
                return refused.getMessage();
            }
        }
        return bind.getName() + ": " + value(bind) + " (expected: "
                + bind.getTarget().getType() + ")";
    }

    private static @Nullable Object value(BindException bind) {
        return bind.getProperty() == null ? null : bind.getProperty().getValue();
    }
}
