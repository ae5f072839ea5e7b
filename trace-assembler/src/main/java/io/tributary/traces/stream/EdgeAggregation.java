package io.tributary.traces.stream;

import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.ServiceEdgeKey;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.topic.Topic;
import io.tributary.traces.edge.EdgeSums;
import io.tributary.traces.edge.EdgeWindows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Adds the changes that traces make to the sums of their service edges' windows, and emits each window that changed,
 * now and then. Sums do not depend on the order of changes, so a replay ends in the same numbers.
 */
final class EdgeAggregation implements Processor<byte[], byte[], Object, Object> {
    private static final String SUMS = "edge-sums";
    private static final String CHANGED = "edges-changed";
    private static final byte[] PRESENT = {1};

    private final Topic<ServiceEdgeKey, ServiceEdge> topic;
    private final EdgeWindows windows;
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<Bytes, byte[]> sums;
    private KeyValueStore<Bytes, byte[]> changed;
    private long expiredUntil;

    EdgeAggregation(Topic<ServiceEdgeKey, ServiceEdge> topic, EdgeWindows windows) {
        this.topic = topic;
        this.windows = windows;
    }

    /** The stores, for the topology. */
    static Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SUMS), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingEnabled(),
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(CHANGED), Serdes.Bytes(), Serdes.ByteArray()));
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        sums = context.getStateStore(SUMS);
        changed = context.getStateStore(CHANGED);
        // Wall clock, because a window must come out even when no further trace does. It decides how often a window is
        // told of, not what is told in the end.
        context.schedule(windows.emitEvery(), PunctuationType.WALL_CLOCK_TIME, wallMillis -> emitChanged());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            add(decode(record.value()));
        } catch (RejectedException e) {
            deadLetter(record, e);
        }
    }

    private ServiceEdge decode(byte[] value) {
        if (value == null) {
            throw new RejectedException(Reason.NULL_VALUE, "value: null (expected: a change of a service edge)");
        }
        ServiceEdge change = topic.decodeValue(value);
        if (!EdgeSums.isAddable(change)) {
            throw new RejectedException(
                    Reason.INVALID_RECORD,
                    "duration_bounds_nanos: not those of this service (expected: its own changes)");
        }
        return change;
    }

    private void add(ServiceEdge change) {
        Bytes window = windowKey(EdgeSums.key(change), change.getWindowStartUnixNano());
        byte[] before = sums.get(window);
        ServiceEdge sum = change;
        if (before != null) {
            sum = topic.decodeValue(before);
            EdgeSums.add(sum, change);
        }
        sums.put(window, topic.encodeValue(sum));
        if (changed.get(window) == null) {
            changed.put(window, PRESENT);
        }
    }

    private void deadLetter(Record<byte[], byte[]> record, RejectedException cause) {
        RecordMetadata from = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of a source has coordinates"));
        ProducerRecord<byte[], byte[]> letter = new DeadLetter(
                        record.key(),
                        record.value(),
                        cause.reason(),
                        cause.getMessage(),
                        TraceTopology.APPLICATION_ID,
                        from.topic(),
                        from.partition(),
                        from.offset(),
                        record.timestamp(),
                        DeadLetter.own(record.headers()))
                .toRecord();
        context.forward(
                new Record<>(letter.key(), letter.value(), record.timestamp(), letter.headers()),
                TraceTopology.EDGE_CHANGE_DEAD_LETTERS);
    }

    private void emitChanged() {
        for (Bytes window : keys(changed.all())) {
            ServiceEdge sum = topic.decodeValue(sums.get(window));
            context.forward(new Record<>(EdgeSums.key(sum), sum, context.currentStreamTimeMs()), TraceTopology.EDGES);
            changed.delete(window);
        }
        expire();
    }

    private void expire() {
        long until = windows.expiredUntil(context.currentStreamTimeMs());
        if (until - expiredUntil < windows.length().toNanos()) {
            return;
        }
        // Keys begin with the window's start, so what is expired is found without a look at the rest.
        keys(sums.range(start(expiredUntil), start(until))).forEach(sums::delete);
        expiredUntil = until;
    }

    private static List<Bytes> keys(KeyValueIterator<Bytes, byte[]> found) {
        List<Bytes> keys = new ArrayList<>();
        try (found) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> next = found.next();
                keys.add(next.key);
            }
        }
        return keys;
    }

    private Bytes windowKey(ServiceEdgeKey key, long startNanos) {
        byte[] encoded = topic.encodeKey(key);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + encoded.length)
                .putLong(startNanos)
                .put(encoded)
                .array());
    }

    private static Bytes start(long nanos) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(nanos).array());
    }
}
