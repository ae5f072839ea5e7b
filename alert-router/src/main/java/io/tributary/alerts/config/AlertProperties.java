package io.tributary.alerts.config;

import io.tributary.alerts.evaluation.EvaluationSettings;
import io.tributary.alerts.evaluation.EvaluationSettings.NoData;
import io.tributary.promql.Features;
import io.tributary.promql.Features.Feature;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.file.RuleFileOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the service, prefix {@code tributary.alerts}.
 *
 * @param ruleFiles Prometheus rule files: paths, of which the last part may hold wildcards; none for no rules
 * @param reloadInterval how often it is looked whether rule files have changed; more than 0
 * @param features experimental parts of PromQL that rules may use, as Prometheus's {@code --enable-feature} names them
 * @param configFile a configuration file of Alertmanager; absent for telling nobody
 * @param evaluationInterval how often a rule group is evaluated that does not say it; more than 0
 * @param evaluationDelay how long an evaluation waits for points that come late, and how long a partition must be
 *     silent until the wall clock takes over from event time; more than 0
 * @param longestWait how long evaluations wait for a partition of the metrics topic that is behind the others; more
 *     than 0
 * @param lookBack for how long a sample stands for its series when no newer one comes; more than 0
 * @param resendDelay how often a firing alert is published again although nothing changed; more than 0
 * @param noData what becomes of a firing alert of which no series has data: {@code keep-firing}, or {@code resolve} as
 *     in Prometheus
 * @param noDataRetention how long such an alert fires on, until it counts as resolved; more than 0
 * @param sampleMemory how much the samples that rules read may take, with what rules remember; when it is used up, no
 *     further series are taken; absent for two fifths of the heap
 * @param externalUrl where people find this service; put into messages
 * @param maxBodySize the largest body of a request to the API
 */
@ConfigurationProperties(prefix = "tributary.alerts", ignoreUnknownFields = false)
public record AlertProperties(
        @DefaultValue List<String> ruleFiles,
        @DefaultValue("5s") Duration reloadInterval,
        @DefaultValue List<String> features,
        @Nullable Path configFile,
        @DefaultValue("15s") Duration evaluationInterval,
        @DefaultValue("5s") Duration evaluationDelay,
        @DefaultValue("5m") Duration longestWait,
        @DefaultValue("5m") Duration lookBack,
        @DefaultValue("1m") Duration resendDelay,
        @DefaultValue("keep-firing") NoData noData,
        @DefaultValue("24h") Duration noDataRetention,
        @Nullable DataSize sampleMemory,
        @DefaultValue("http://127.0.0.1:9093") URI externalUrl,
        @DefaultValue("4MB") DataSize maxBodySize) {
    private static final Set<Feature> FEATURES = Features.ALL.enabled();
    private static final double HEAP_FOR_SAMPLES = 0.4;
    /** Of the heap's bytes, for each series of which it is remembered who wants it; that takes some 20 of them. */
    private static final int HEAP_FOR_CACHED_SERIES = 512;

    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(64);

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public AlertProperties {
        List<String> problems = new ArrayList<>();
        checkPositive("evaluation-interval", evaluationInterval, problems);
        checkPositive("evaluation-delay", evaluationDelay, problems);
        checkPositive("longest-wait", longestWait, problems);
        checkPositive("look-back", lookBack, problems);
        checkPositive("resend-delay", resendDelay, problems);
        checkPositive("reload-interval", reloadInterval, problems);
        for (String feature : features) {
            if (FEATURES.stream().noneMatch(known -> known.flag().equals(feature))) {
                problems.add("tributary.alerts.features: " + feature + " (expected: "
                        + FEATURES.stream().map(Feature::flag).collect(Collectors.joining(", ")) + ")");
            }
        }
        if (sampleMemory != null && sampleMemory.toBytes() < 1) {
            problems.add("tributary.alerts.sample-memory: " + sampleMemory + " (expected: more than 0)");
        }
        checkPositive("no-data-retention", noDataRetention, problems);
        if (maxBodySize.toBytes() < 1 || maxBodySize.compareTo(LARGEST_BODY) > 0) {
            problems.add("tributary.alerts.max-body-size: " + maxBodySize + " (expected: 1B to " + LARGEST_BODY + ")");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        ruleFiles = List.copyOf(ruleFiles);
        features = List.copyOf(features);
    }

    private static void checkPositive(String name, Duration value, List<String> problems) {
        if (value.toMillis() <= 0) {
            problems.add("tributary.alerts." + name + ": " + value + " (expected: more than 0)");
        }
    }

    /** How rules are evaluated. */
    public EvaluationSettings evaluation() {
        return new EvaluationSettings(lookBack, longestWait, resendDelay, noData, noDataRetention);
    }

    /** How expressions are evaluated. */
    public EngineOptions engine() {
        return EngineOptions.DEFAULT.withLookback(lookBack).withFeatures(promql());
    }

    /** How rule files are read. */
    public RuleFileOptions reading() {
        return RuleFileOptions.DEFAULT.withInterval(evaluationInterval).withFeatures(promql());
    }

    private Features promql() {
        return new Features(FEATURES.stream()
                .filter(feature -> features.contains(feature.flag()))
                .collect(Collectors.toSet()));
    }

    /** How many bytes the samples that rules read may take. */
    public long sampleBytes() {
        return sampleMemory == null
                ? (long) (Runtime.getRuntime().maxMemory() * HEAP_FOR_SAMPLES)
                : sampleMemory.toBytes();
    }

    /** Of how many series all partitions together remember who wants them. */
    public int cachedSeries() {
        return (int) Math.min(1 << 22, Runtime.getRuntime().maxMemory() / HEAP_FOR_CACHED_SERIES);
    }
}
