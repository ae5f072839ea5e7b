package io.tributary.alerts.config;

import io.tributary.alerts.evaluation.EvaluationSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the service, prefix {@code tributary.alerts}.
 *
 * @param ruleFiles Prometheus rule files: paths, of which the last part may hold wildcards; none for no rules
 * @param configFile a configuration file of Alertmanager; absent for telling nobody
 * @param evaluationInterval how often a rule group is evaluated that does not say it; more than 0
 * @param evaluationDelay how long an evaluation waits for points that come late, and how long a partition must be
 *     silent until the wall clock takes over from event time; more than 0
 * @param lookBack for how long a sample stands for its series when no newer one comes; more than 0
 * @param resendDelay how often a firing alert is published again although nothing changed; more than 0
 * @param noDataRetention how long an alert fires on whose series has no data, until it counts as resolved; more than 0
 * @param externalUrl where people find this service; put into messages
 * @param maxBodySize the largest body of a request to the API
 */
@ConfigurationProperties(prefix = "tributary.alerts", ignoreUnknownFields = false)
public record AlertProperties(
        @DefaultValue List<String> ruleFiles,
        @Nullable Path configFile,
        @DefaultValue("15s") Duration evaluationInterval,
        @DefaultValue("5s") Duration evaluationDelay,
        @DefaultValue("5m") Duration lookBack,
        @DefaultValue("1m") Duration resendDelay,
        @DefaultValue("24h") Duration noDataRetention,
        @DefaultValue("http://127.0.0.1:9093") URI externalUrl,
        @DefaultValue("4MB") DataSize maxBodySize) {
    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(64);

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public AlertProperties {
        List<String> problems = new ArrayList<>();
        checkPositive("evaluation-interval", evaluationInterval, problems);
        checkPositive("evaluation-delay", evaluationDelay, problems);
        checkPositive("look-back", lookBack, problems);
        checkPositive("resend-delay", resendDelay, problems);
        checkPositive("no-data-retention", noDataRetention, problems);
        if (maxBodySize.toBytes() < 1 || maxBodySize.compareTo(LARGEST_BODY) > 0) {
            problems.add("tributary.alerts.max-body-size: " + maxBodySize + " (expected: 1B to " + LARGEST_BODY + ")");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        ruleFiles = List.copyOf(ruleFiles);
    }

    private static void checkPositive(String name, Duration value, List<String> problems) {
        if (value.toMillis() <= 0) {
            problems.add("tributary.alerts." + name + ": " + value + " (expected: more than 0)");
        }
    }

    /** How rules are evaluated. */
    public EvaluationSettings evaluation() {
        return new EvaluationSettings(lookBack, resendDelay, noDataRetention);
    }
}
