package io.tributary.alerts.config;

import io.tributary.alerts.evaluation.EvaluationSettings;
import io.tributary.alerts.evaluation.EvaluationSettings.NoData;
import io.tributary.promql.Features;
import io.tributary.promql.Features.Feature;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.schemas.failure.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param reloadInterval how often it is looked whether rule files have changed; at least 1 ms
 * @param features experimental parts of PromQL that rules may use, as Prometheus's {@code --enable-feature} names them
 * @param configFile a configuration file of Alertmanager; absent for telling nobody
 * @param evaluationInterval how often a rule group is evaluated that does not say it; at least 1 ms
 * @param evaluationDelay how long an evaluation waits for points that come late, and how long a partition must be
 *     silent until the wall clock takes over from event time; at least 1 ms
 * @param longestWait how long evaluations wait for a partition of the metrics topic that is behind the others; at least
 *     1 ms
 * @param lookBack for how long a sample stands for its series when no newer one comes; at least 1 ms
 * @param resendDelay how often a firing alert is published again although nothing changed; at least 1 ms
 * @param noData what becomes of a firing alert of which no series has data: {@code keep-firing}, or {@code resolve} as
 *     in Prometheus
 * @param noDataRetention how long such an alert fires on, until it counts as resolved; at least 1 ms
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

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(64);

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public AlertProperties {
        Problems problems = new Problems("tributary.alerts.")
                .atLeast("evaluation-interval", evaluationInterval, SHORTEST)
                .atLeast("evaluation-delay", evaluationDelay, SHORTEST)
                .atLeast("longest-wait", longestWait, SHORTEST)
                .atLeast("look-back", lookBack, SHORTEST)
                .atLeast("resend-delay", resendDelay, SHORTEST)
                .atLeast("reload-interval", reloadInterval, SHORTEST)
                .atLeast("no-data-retention", noDataRetention, SHORTEST)
                .between("max-body-size", maxBodySize, DataSize.ofBytes(1), LARGEST_BODY);
        if (sampleMemory != null) {
            problems.atLeast("sample-memory", sampleMemory, DataSize.ofBytes(1));
        }
        String known = FEATURES.stream().map(Feature::flag).sorted().collect(Collectors.joining(", "));
        for (String feature : features) {
            problems.expect(
                    FEATURES.stream().anyMatch(each -> each.flag().equals(feature)), "features", feature, known);
        }
        problems.refuse();
        ruleFiles = List.copyOf(ruleFiles);
        features = List.copyOf(features);
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
