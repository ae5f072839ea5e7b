package io.tributary.gateway.translate;

/**
 * How metrics are translated.
 *
 * @param scopeLabels whether name, version, schema URL and attributes of the scope become labels
 * @param targetInfo whether each resource makes a point of {@code target_info} that holds its attributes
 */
public record MetricRules(boolean scopeLabels, boolean targetInfo) {}
