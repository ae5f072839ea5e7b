package io.tributary.traces.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.runtime.stream.SourceStage;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.ServiceEdgeKey;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import io.tributary.traces.assembly.TraceMemory;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Spans to traces, and traces to service edges. Spans are partitioned by trace and edges by their services, so the
 * changes of edges take one hop over a topic between the two.
 */
public final class TraceTopology implements Supplier<Topology> {
    /** The application id: consumer group, and stage in the ledger. */
    public static final String APPLICATION_ID = "trace-assembler";

    static final String TRACES = "traces-sink";
    static final String EDGES = "edges-sink";
    static final String EDGE_CHANGE_DEAD_LETTERS = "edge-changes-dead-letters";
    static final String EDGE_CHANGES = "edge-changes-sink";
    private static final String ASSEMBLY = "assembly";
    private static final String EDGE_SOURCE = "edge-changes-source";
    private static final String EDGE_AGGREGATION = "edge-aggregation";

    private final Topics topics;
    private final TraceSettings settings;
    private final String instance;
    private final MeterRegistry registry;
    private final TraceMemory memory;

    /** The topology over these topics; the instance names the process in the ledger, the registry takes its meters. */
    public TraceTopology(Topics topics, TraceSettings settings, String instance, MeterRegistry registry) {
        this.topics = topics;
        this.settings = settings;
        this.memory = new TraceMemory(settings.heldBytes());
        this.instance = instance;
        this.registry = registry;
    }

    /** The topic of the hop, which must be there before the topology starts. */
    public static Topic<ServiceEdgeKey, ServiceEdge> edgeChanges(Topics topics) {
        Topic<ServiceEdgeKey, ServiceEdge> edges = topics.serviceEdges();
        return new Topic<>(edges.name() + ".changes", edges.signal(), edges.key(), edges.value(), edges.settings());
    }

    @Override
    public Topology get() {
        Topic<ServiceEdgeKey, ServiceEdge> edges = topics.serviceEdges();
        Topic<ServiceEdgeKey, ServiceEdge> changes = edgeChanges(topics);
        return new SourceStage<>(
                        ASSEMBLY,
                        APPLICATION_ID,
                        instance,
                        topics,
                        glanced(topics.spans()),
                        () -> new TraceAssembly(topics, settings, memory, registry),
                        TraceStores.builders())
                .addTo(new Topology())
                .addSink(
                        TRACES,
                        topics.traces().name(),
                        topics.traces().key().serializer(),
                        topics.traces().value().serializer(),
                        ASSEMBLY)
                .addSink(
                        EDGE_CHANGES,
                        changes.name(),
                        edges.key().serializer(),
                        edges.value().serializer(),
                        ASSEMBLY)
                .addSource(EDGE_SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), changes.name())
                .addProcessor(EDGE_AGGREGATION, new AggregationSupplier(), EDGE_SOURCE)
                .addSink(
                        EDGES,
                        edges.name(),
                        edges.key().serializer(),
                        edges.value().serializer(),
                        EDGE_AGGREGATION)
                .addSink(
                        EDGE_CHANGE_DEAD_LETTERS,
                        changes.deadLetterName(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        EDGE_AGGREGATION);
    }

    /** The topic, of whose spans no more is decoded than is looked at. */
    private static Topic<TraceId, Span> glanced(Topic<TraceId, Span> spans) {
        Serde<Span> glance = Serdes.serdeFrom(spans.value().serializer(), new SpanGlance(spans));
        return new Topic<>(spans.name(), spans.signal(), spans.key(), glance, spans.settings());
    }

    private final class AggregationSupplier implements ProcessorSupplier<byte[], byte[], Object, Object> {
        @Override
        public Processor<byte[], byte[], Object, Object> get() {
            return new EdgeAggregation(topics.serviceEdges(), settings.edges());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return EdgeAggregation.stores();
        }
    }
}
