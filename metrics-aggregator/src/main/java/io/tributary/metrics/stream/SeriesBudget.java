package io.tributary.metrics.stream;

import io.tributary.schemas.failure.Problems;

/**
 * How many series are remembered at once, so that labels with ever new values cost a bound and not everything.
 *
 * @param ofMetric for each metric of a tenant: 1 to 1,000,000,000
 * @param ofTenant for each tenant, overflow series among them: 1 to 1,000,000,000
 */
public record SeriesBudget(long ofMetric, long ofTenant) {
    private static final long MOST = 1_000_000_000;

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public SeriesBudget {
        new Problems(RollupSettings.PREFIX)
                .between("series-per-metric", ofMetric, 1L, MOST)
                .between("series-per-tenant", ofTenant, 1L, MOST)
                .refuse();
    }

    /** What falls on one of so many partitions: the ids of series spread evenly. */
    SeriesBudget share(int partitions) {
        return new SeriesBudget(Math.ceilDiv(ofMetric, partitions), Math.ceilDiv(ofTenant, partitions));
    }
}
