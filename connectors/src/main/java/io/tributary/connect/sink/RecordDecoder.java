package io.tributary.connect.sink;

import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.ServiceEdgeKey;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.Tenant;
import io.tributary.schemas.topic.Signal;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads the bytes of a record by its topic, and checks that its key is the one that its value demands. */
public final class RecordDecoder {
    private final Map<String, Source<?, ?>> sources = new LinkedHashMap<>();

    private RecordDecoder() {}

    /** Reads metric points and rollups. */
    public static RecordDecoder metrics(Topics topics) {
        return new RecordDecoder()
                .with(
                        topics.metrics(),
                        MetricPoint::getTenant,
                        point -> SeriesId.of(point.getTenant(), point.getName(), point.getLabels()))
                .with(
                        topics.rollups(),
                        RollupPoint::getTenant,
                        point -> SeriesId.of(point.getTenant(), point.getName(), point.getLabels()));
    }

    /** Reads assembled traces and service edges. */
    public static RecordDecoder traces(Topics topics) {
        return new RecordDecoder()
                .with(topics.traces(), Trace::getTenant, Trace::getTraceId)
                .with(
                        topics.serviceEdges(),
                        ServiceEdge::getTenant,
                        edge -> new ServiceEdgeKey(edge.getTenant(), edge.getCaller(), edge.getCallee()));
    }

    private <K, V extends SpecificRecord> RecordDecoder with(
            Topic<K, V> topic, Function<V, String> tenant, Function<V, K> key) {
        sources.put(topic.name(), new Source<>(topic, tenant, key));
        return this;
    }

    /** Names of the topics whose records it reads. */
    public Set<String> topics() {
        return sources.keySet();
    }

    /** The signal that a topic carries; one of {@link #topics()}. */
    public Signal signal(String topic) {
        return source(topic).topic().signal();
    }

    /**
     * What stands in the record's bytes.
     *
     * @throws RejectedException if it can never be read or breaks the contract
     * @throws io.tributary.schemas.failure.RetryableException if the registry is needed and away
     */
    public Decoded decode(SinkRecord record) {
        if (record.value() == null) {
            throw new RejectedException(Reason.NULL_VALUE, "value: null (expected: an Avro record)");
        }
        return source(record.originalTopic()).decode(record);
    }

    private Source<?, ?> source(String topic) {
        Source<?, ?> source = sources.get(topic);
        if (source == null) {
            throw new IllegalArgumentException("topics: " + topic + " (expected: some of " + topics() + ")");
        }
        return source;
    }

    private record Source<K, V extends SpecificRecord>(
            Topic<K, V> topic, Function<V, String> tenant, Function<V, K> demanded) {
        Decoded decode(SinkRecord from) {
            V record = topic.decodeValue((byte[]) from.value());
            String owner = tenant.apply(record);
            if (!Tenant.isValid(owner)) {
                throw new RejectedException(
                        Reason.INVALID_RECORD,
                        "tenant: " + owner + " (expected: 1 to 64 of a-z, 0-9, dot, underscore)");
            }
            if (!demanded.apply(record).equals(topic.decodeKey((byte[]) from.key()))) {
                throw new RejectedException(Reason.INVALID_KEY, "key: not the one that the value demands");
            }
            return new Decoded(owner, record, RecordVersion.of(from));
        }
    }
}
