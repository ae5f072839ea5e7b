package io.tributary.gateway.config;

import io.tributary.gateway.otlp.OtlpReceiver;
import io.tributary.gateway.publish.PublisherSettings;
import io.tributary.gateway.translate.MetricRules;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gateway takes OTLP and hands it to Kafka.
 *
 * @param bindAddress the address that both ports listen on
 * @param httpPort the port that OTLP/HTTP clients expect; 0 for any free one
 * @param grpcPort the port that OTLP/gRPC clients expect; 0 for any free one. Each port takes both protocols
 * @param maxBody the largest body, before and after decompression
 * @param tenantHeader the header, or gRPC metadata, that names the tenant; without it the tenant is {@code default}
 * @param futureTolerance how far in the future a record's time may lie, since clocks differ
 * @param readTimeout how long a client may take to send its request and get its answer; what Kafka has not been given
 *     then is not waited for
 * @param maxBytesWaiting how many bytes of bodies and records may wait in memory, for their end and for Kafka
 * @param maxDecoded how many bytes decoded requests may take in memory, all together, by an estimate: its bytes, and 80
 *     more for each message in it, such as a record, an attribute or a value. A request that would take more alone is too
 *     large
 * @param patience how long a request waits for bytes to become free before it is turned away
 * @param deliveryTimeout how long a record is tried, until the client is told to send it again
 * @param linger how long a batch waits to be filled
 * @param batch size of a batch for a partition
 * @param compression of batches: {@code zstd}, {@code lz4}, {@code snappy}, {@code gzip} or {@code none}
 * @param workers threads that decode and translate; 0 for one a processor
 * @param ledgerSlice how long a stretch of time one ledger entry covers
 * @param scopeLabels whether name, version, schema URL and attributes of the scope become labels of metrics
 * @param targetInfo whether each resource makes a point of the metric {@code target_info} that holds its attributes
 */
@ConfigurationProperties(prefix = "tributary.otlp", ignoreUnknownFields = false)
public record OtlpProperties(
        @DefaultValue("127.0.0.1") String bindAddress,
        @DefaultValue("4318") int httpPort,
        @DefaultValue("4317") int grpcPort,
        @DefaultValue("16MB") DataSize maxBody,
        @DefaultValue("X-Scope-OrgID") String tenantHeader,
        @DefaultValue("1d") Duration futureTolerance,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("32MB") DataSize maxBytesWaiting,
        @DefaultValue("48MB") DataSize maxDecoded,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("8s") Duration deliveryTimeout,
        @DefaultValue("5ms") Duration linger,
        @DefaultValue("128KB") DataSize batch,
        @DefaultValue("lz4") String compression,
        @DefaultValue("0") int workers,
        @DefaultValue("10s") Duration ledgerSlice,
        @DefaultValue("true") boolean scopeLabels,
        @DefaultValue("true") boolean targetInfo) {

    private static final String PREFIX = "tributary.otlp.";
    private static final int MAX_PORT = 65_535;
    private static final long MAX_BYTES = 1L << 30;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Set<String> COMPRESSIONS = Set.of("zstd", "lz4", "snappy", "gzip", "none");

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public OtlpProperties {
        List<String> problems = new ArrayList<>();
        range(problems, "http-port", httpPort, 0, MAX_PORT);
        range(problems, "grpc-port", grpcPort, 0, MAX_PORT);
        range(problems, "max-body", maxBody.toBytes(), 1024, MAX_BYTES);
        range(problems, "max-bytes-waiting", maxBytesWaiting.toBytes(), 65_536, MAX_BYTES);
        range(problems, "max-decoded", maxDecoded.toBytes(), 65_536, MAX_BYTES);
        range(problems, "batch", batch.toBytes(), 1024, MAX_BYTES);
        range(problems, "workers", workers, 0, 1024);
        range(problems, "future-tolerance", futureTolerance, Duration.ZERO);
        range(problems, "read-timeout", readTimeout, Duration.ofMillis(100));
        range(problems, "patience", patience, Duration.ZERO);
        range(problems, "delivery-timeout", deliveryTimeout, Duration.ofMillis(100));
        range(problems, "linger", linger, Duration.ZERO);
        range(problems, "ledger-slice", ledgerSlice, Duration.ofSeconds(1));
        if (maxBytesWaiting.compareTo(maxBody) < 0) {
            problems.add(PREFIX + "max-bytes-waiting: " + maxBytesWaiting + " (expected: at least max-body, " + maxBody
                    + ", since a larger body could never be taken)");
        }
        if (linger.compareTo(deliveryTimeout.dividedBy(2)) > 0) {
            problems.add(PREFIX + "linger: " + linger + " (expected: at most half of the delivery timeout)");
        }
        if (bindAddress.isBlank()) {
            problems.add(PREFIX + "bind-address: empty (expected: an address or host name)");
        }
        if (!tenantHeader.matches("[A-Za-z0-9-]+")) {
            problems.add(PREFIX + "tenant-header: " + tenantHeader + " (expected: letters, digits and '-')");
        }
        if (!COMPRESSIONS.contains(compression)) {
            problems.add(PREFIX + "compression: " + compression + " (expected: zstd, lz4, snappy, gzip or none)");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void range(List<String> problems, String name, long value, long min, long max) {
        if (value < min || value > max) {
            problems.add(PREFIX + name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }

    private static void range(List<String> problems, String name, Duration value, Duration min) {
        if (value.compareTo(min) < 0 || value.compareTo(LONGEST) > 0) {
            problems.add(PREFIX + name + ": " + value + " (expected: " + min + " to " + LONGEST + ")");
        }
    }

    OtlpReceiver.Limits limits() {
        return new OtlpReceiver.Limits(
                (int) maxBody.toBytes(), (int) maxDecoded.toBytes(), patience, tenantHeader, futureTolerance);
    }

    PublisherSettings publisher() {
        return new PublisherSettings(
                (int) maxBytesWaiting.toBytes(),
                Topics.MAX_DEAD_LETTER_BYTES,
                deliveryTimeout,
                linger,
                (int) batch.toBytes(),
                compression,
                patience,
                readTimeout);
    }

    MetricRules metricRules() {
        return new MetricRules(scopeLabels, targetInfo);
    }

    int workerThreads() {
        return workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
    }
}
