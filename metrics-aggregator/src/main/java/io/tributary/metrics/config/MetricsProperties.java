package io.tributary.metrics.config;

import io.tributary.metrics.stream.RollupSettings;
import io.tributary.metrics.stream.SeriesBudget;
import io.tributary.schemas.failure.Problems;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the service, prefix {@code tributary.metrics}.
 *
 * @param windows lengths of the tumbling windows, aligned to the epoch: 1 to 8, each a whole number of seconds up to 31
 *     days. All count the same points, which are late once the greatest common divisor of the lengths is closed
 * @param grace how long after its end, in event time, a window still takes points; 0 to 31 days. A window is published,
 *     once and for all, when a point of the same partition is past its end by this
 * @param idle how long a partition must be silent, by the wall clock, until event time is taken to go on by itself: a
 *     window then comes out after it would have closed, as it is, and is replaced when it closes; 1 second to 31 days.
 *     The last window of a source that stopped so comes out at most window + grace + idle after its last point
 * @param future how far a point's time may be ahead of its record's timestamp in Kafka; points further ahead are
 *     dropped; 0 to 31 days
 * @param memory how long after its latest point, in event time, a series is forgotten; the longest window to 31 days. A
 *     counter first seen with a start no longer ago than this is taken to have grown from 0 since then
 * @param held how much of the points of open windows all partitions of the process together hold in memory; 0 to 1 GB.
 *     The heap must have room for it. What is over is in stores on disk, which takes more time
 * @param seriesPerMetric how many series of one metric of a tenant are remembered at once; 1 to 1,000,000,000. What is
 *     over goes to one overflow series of the metric and partition, with the label {@code otel_metric_overflow};
 *     cumulative points are dropped as {@code over_budget}. Each partition has its equal share, so it may begin some
 *     percent earlier
 * @param seriesPerTenant how many series of a tenant are remembered at once, whatever their metric; 1 to 1,000,000,000
 */
@ConfigurationProperties(prefix = "tributary.metrics", ignoreUnknownFields = false)
public record MetricsProperties(
        @DefaultValue("1m") List<Duration> windows,
        @DefaultValue("1m") Duration grace,
        @DefaultValue("30s") Duration idle,
        @DefaultValue("10m") Duration future,
        @DefaultValue("1h") Duration memory,
        @DefaultValue("96MB") DataSize held,
        @DefaultValue("200000") long seriesPerMetric,
        @DefaultValue("1000000") long seriesPerTenant) {
    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public MetricsProperties {
        new Problems("")
                .in("", () -> new RollupSettings(windows, grace, idle, future, memory, held.toBytes()))
                .in("", () -> new SeriesBudget(seriesPerMetric, seriesPerTenant))
                .refuse();
    }

    /** How many series the topology remembers. */
    public SeriesBudget toBudget() {
        return new SeriesBudget(seriesPerMetric, seriesPerTenant);
    }

    /** The same for the topology. */
    public RollupSettings toSettings() {
        return new RollupSettings(windows, grace, idle, future, memory, held.toBytes());
    }
}
