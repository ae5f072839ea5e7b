package io.tributary.gateway.config;

import io.tributary.gateway.otlp.OtlpReceiver;
import io.tributary.gateway.publish.PublisherSettings;
import io.tributary.gateway.translate.MetricRules;
import io.tributary.schemas.failure.Problems;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
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
 * @param maxConnections how many connections clients may have at once, on both ports together; more are closed at once
 * @param readTimeout how long a client may take to send its request and get its answer; what Kafka has not been given
 *     then is not waited for
 * @param maxBytesWaiting how many bytes of bodies and records may wait in memory, for their end and for Kafka
 * @param maxDecoded how many bytes decoded requests may take in memory, all together, by an estimate: its bytes, and 80
 *     more for each message in it, such as a record, an attribute or a value. A request that would take more alone is
 *     too large
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
        @DefaultValue("4096") int maxConnections,
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

    private static final int MAX_PORT = 65_535;
    private static final int MAX_CONNECTIONS = 1_000_000;
    private static final long MAX_BYTES = 1L << 30;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Set<String> COMPRESSIONS = Set.of("zstd", "lz4", "snappy", "gzip", "none");

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public OtlpProperties {
        new Problems("tributary.otlp.")
                .between("http-port", httpPort, 0, MAX_PORT)
                .between("grpc-port", grpcPort, 0, MAX_PORT)
                .between("max-body", maxBody.toBytes(), 1024L, MAX_BYTES)
                .between("max-bytes-waiting", maxBytesWaiting.toBytes(), 65_536L, MAX_BYTES)
                .between("max-decoded", maxDecoded.toBytes(), 65_536L, MAX_BYTES)
                .between("max-connections", maxConnections, 1, MAX_CONNECTIONS)
                .between("batch", batch.toBytes(), 1024L, MAX_BYTES)
                .between("workers", workers, 0, 1024)
                .between("future-tolerance", futureTolerance, Duration.ZERO, LONGEST)
                .between("read-timeout", readTimeout, Duration.ofMillis(100), LONGEST)
                .between("patience", patience, Duration.ZERO, LONGEST)
                .between("delivery-timeout", deliveryTimeout, Duration.ofMillis(100), LONGEST)
                .between("linger", linger, Duration.ZERO, LONGEST)
                .between("ledger-slice", ledgerSlice, Duration.ofSeconds(1), LONGEST)
                .expect(
                        maxBytesWaiting.compareTo(maxBody) >= 0,
                        "max-bytes-waiting",
                        maxBytesWaiting,
                        "at least max-body, " + maxBody + ", since a larger body could never be taken")
                .expect(
                        linger.compareTo(deliveryTimeout.dividedBy(2)) <= 0,
                        "linger",
                        linger,
                        "at most half of the delivery timeout")
                .expect(!bindAddress.isBlank(), "bind-address", "empty", "an address or host name")
                .expect(tenantHeader.matches("[A-Za-z0-9-]+"), "tenant-header", tenantHeader, "letters, digits and '-'")
                .expect(
                        COMPRESSIONS.contains(compression),
                        "compression",
                        compression,
                        "zstd, lz4, snappy, gzip or none")
                .refuse();
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
