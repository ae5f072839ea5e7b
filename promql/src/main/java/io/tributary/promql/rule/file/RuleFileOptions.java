package io.tributary.promql.rule.file;

import io.tributary.promql.Features;
import java.time.Duration;

/**
 * How rule files are read.
 *
 * @param features experimental parts of PromQL that expressions may use
 * @param interval between evaluations of groups that name none; above 0
 * @param queryOffset of groups that name none
 * @param ignoreUnknownFields whether fields that no rule file has are passed over; otherwise they are mistakes
 * @param legacyNames whether names are limited to {@code [a-zA-Z_:][a-zA-Z0-9_:]*}, as before Prometheus 3
 */
public record RuleFileOptions(
        Features features, Duration interval, Duration queryOffset, boolean ignoreUnknownFields, boolean legacyNames) {

    /** Those of Prometheus. */
    public static final RuleFileOptions DEFAULT =
            new RuleFileOptions(Features.STABLE, Duration.ofMinutes(1), Duration.ZERO, false, false);

    public RuleFileOptions withFeatures(Features features) {
        return new RuleFileOptions(features, interval, queryOffset, ignoreUnknownFields, legacyNames);
    }

    public RuleFileOptions withInterval(Duration interval) {
        return new RuleFileOptions(features, interval, queryOffset, ignoreUnknownFields, legacyNames);
    }

    public RuleFileOptions withQueryOffset(Duration queryOffset) {
        return new RuleFileOptions(features, interval, queryOffset, ignoreUnknownFields, legacyNames);
    }

    public RuleFileOptions withIgnoreUnknownFields(boolean ignoreUnknownFields) {
        return new RuleFileOptions(features, interval, queryOffset, ignoreUnknownFields, legacyNames);
    }

    public RuleFileOptions withLegacyNames(boolean legacyNames) {
        return new RuleFileOptions(features, interval, queryOffset, ignoreUnknownFields, legacyNames);
    }
}
