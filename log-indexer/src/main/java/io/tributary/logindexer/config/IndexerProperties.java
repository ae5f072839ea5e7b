package io.tributary.logindexer.config;

import io.tributary.schemas.failure.Problems;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the service reads log records.
 *
 * @param inFlight bytes that may be on their way at most before reading rests; it goes on at half of them. Records and
 *     documents count both. At least 1 MB
 * @param commitInterval how often what is settled is committed
 * @param drain how long to wait at the stop for what is in flight; less than the time that a stop may take
 */
@ConfigurationProperties(prefix = "tributary.indexer", ignoreUnknownFields = false)
public record IndexerProperties(
        @DefaultValue("24MB") DataSize inFlight,
        @DefaultValue("1s") Duration commitInterval,
        @DefaultValue("5s") Duration drain) {

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public IndexerProperties {
        new Problems("tributary.indexer.")
                .expect(inFlight.compareTo(DataSize.ofMegabytes(1)) >= 0, "in-flight", inFlight, "at least 1MB")
                .expect(commitInterval.isPositive(), "commit-interval", commitInterval, "positive")
                .expect(!drain.isNegative(), "drain", drain, "not negative")
                .refuse();
    }
}
