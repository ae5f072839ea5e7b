package io.tributary.schemas.topic;

import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.avro.NotificationLogEntry;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.ServiceEdgeKey;
import io.tributary.schemas.avro.Silence;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.SourceId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.serde.AvroSerde;
import io.tributary.schemas.serde.IdSerdes;
import io.tributary.schemas.topic.TopicSettings.Cleanup;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The topic catalogue: every topic of Tributary, defined once.
 *
 * @param logs log records by source
 * @param metrics metric points by series
 * @param rollups rolled-up metrics by series
 * @param spans spans by trace
 * @param traces assembled traces by trace
 * @param serviceEdges calls between services
 * @param alerts the newest state of each alert by fingerprint
 * @param silences the newest state of each silence by id
 * @param notifications messages that are due
 * @param notificationLog what each receiver was last told of each group
 * @param ledger what became of which records at which stage; keys by {@link io.tributary.schemas.ledger.LedgerKey}
 */
public record Topics(
        Topic<SourceId, LogRecord> logs,
        Topic<SeriesId, MetricPoint> metrics,
        Topic<SeriesId, RollupPoint> rollups,
        Topic<TraceId, Span> spans,
        Topic<TraceId, Trace> traces,
        Topic<ServiceEdgeKey, ServiceEdge> serviceEdges,
        Topic<String, Alert> alerts,
        Topic<String, Silence> silences,
        Topic<NotificationKey, Notification> notifications,
        Topic<NotificationKey, NotificationLogEntry> notificationLog,
        Topic<String, LedgerEntry> ledger) {

    /** The prefix of topic names unless another is configured. */
    public static final String DEFAULT_PREFIX = "tributary.";
    /** Partitions of a topic unless configured otherwise. */
    public static final int DEFAULT_PARTITIONS = 4;
    /** The largest record batch of a topic, in bytes. */
    public static final int MAX_MESSAGE_BYTES = 4 << 20;
    /** The largest record batch of a dead-letter topic, in bytes: it must take what the others refuse. */
    public static final int MAX_DEAD_LETTER_BYTES = 32 << 20;

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");
    private static final Duration DAY = Duration.ofDays(1);

    /** The catalogue with this prefix, default partitions and this registry. */
    public static Topics of(String prefix, SchemaRegistry registry) {
        return of(prefix, DEFAULT_PARTITIONS, registry);
    }

    /** The catalogue with this prefix, this many partitions a topic and this registry. */
    public static Topics of(String prefix, int partitions, SchemaRegistry registry) {
        Definition define = new Definition(prefix, partitions, registry);
        return new Topics(
                define.stream("logs", Signal.LOGS, 3, IdSerdes.sourceId(), LogRecord.class),
                define.stream("metrics", Signal.METRICS, 1, IdSerdes.seriesId(), MetricPoint.class),
                define.stream("metrics.rollup", Signal.METRICS, 3, IdSerdes.seriesId(), RollupPoint.class),
                define.stream("spans", Signal.TRACES, 1, IdSerdes.traceId(), Span.class),
                define.stream("traces", Signal.TRACES, 3, IdSerdes.traceId(), Trace.class),
                define.stream("service-edges", Signal.TRACES, 3, ServiceEdgeKey.class, ServiceEdge.class),
                define.table("alerts", Signal.ALERTS, Serdes.String(), Alert.class),
                define.table("silences", Signal.ALERTS, Serdes.String(), Silence.class),
                define.stream("notifications", Signal.ALERTS, 3, NotificationKey.class, Notification.class),
                define.table("notification-log", Signal.ALERTS, NotificationKey.class, NotificationLogEntry.class),
                define.journal("ledger", Signal.LEDGER, 7, LedgerEntry.class));
    }

    /** Whether names of topics may begin so: at most 100 letters, digits, {@code .}, {@code _} and {@code -}. */
    public static boolean isPrefix(String prefix) {
        return PREFIX.matcher(prefix).matches();
    }

    /** Every topic but the dead letters. */
    public List<Topic<?, ?>> all() {
        return List.of(
                logs,
                metrics,
                rollups,
                spans,
                traces,
                serviceEdges,
                alerts,
                silences,
                notifications,
                notificationLog,
                ledger);
    }

    /** The topic that takes dead letters of the other: keys and values as they were, the cause in headers. */
    public static Topic<byte[], byte[]> deadLetters(Topic<?, ?> topic) {
        TopicSettings settings =
                new TopicSettings(1, DAY.multipliedBy(14), Cleanup.DELETE, "zstd", MAX_DEAD_LETTER_BYTES);
        Serde<byte[]> bytes = Serdes.ByteArray();
        return new Topic<>(topic.deadLetterName(), topic.signal(), bytes, bytes, settings);
    }

    private record Definition(String prefix, int partitions, SchemaRegistry registry) {
        <K, V extends SpecificRecord> Topic<K, V> stream(
                String name, Signal signal, int days, Serde<K> key, Class<V> value) {
            TopicSettings settings = new TopicSettings(
                    partitions, DAY.multipliedBy(days), Cleanup.DELETE, "producer", MAX_MESSAGE_BYTES);
            return new Topic<>(prefix + name, signal, key, avro(name, "value", value), settings);
        }

        <K extends SpecificRecord, V extends SpecificRecord> Topic<K, V> stream(
                String name, Signal signal, int days, Class<K> key, Class<V> value) {
            return stream(name, signal, days, avro(name, "key", key), value);
        }

        <K, V extends SpecificRecord> Topic<K, V> table(String name, Signal signal, Serde<K> key, Class<V> value) {
            TopicSettings settings = new TopicSettings(partitions, DAY, Cleanup.COMPACT, "producer", MAX_MESSAGE_BYTES);
            return new Topic<>(prefix + name, signal, key, avro(name, "value", value), settings);
        }

        <K extends SpecificRecord, V extends SpecificRecord> Topic<K, V> table(
                String name, Signal signal, Class<K> key, Class<V> value) {
            return table(name, signal, avro(name, "key", key), value);
        }

        <V extends SpecificRecord> Topic<String, V> journal(String name, Signal signal, int days, Class<V> value) {
            TopicSettings settings = new TopicSettings(
                    1, DAY.multipliedBy(days), Cleanup.COMPACT_AND_DELETE, "producer", MAX_MESSAGE_BYTES);
            return new Topic<>(prefix + name, signal, Serdes.String(), avro(name, "value", value), settings);
        }

        private <T extends SpecificRecord> AvroSerde<T> avro(String name, String part, Class<T> type) {
            return new AvroSerde<>(registry, prefix + name + '-' + part, type);
        }
    }
}
