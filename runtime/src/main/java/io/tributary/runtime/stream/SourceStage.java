package io.tributary.runtime.stream;

import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The beginning of a topology: reads a topic as bytes, decodes each record, dead-letters what cannot be handled, gives
 * the rest to a step, and accounts for every record in the ledger. What is counted commits or aborts together with what
 * the step does, so the ledger is right after a crash.
 *
 * @param node name of the processor, of which the outputs of the step are children; also the prefix of its source,
 *     store and sinks
 * @param stage the stage in the ledger: the application id
 * @param instance the process, for the ledger
 * @param topics the topic catalogue
 * @param source the topic that is read
 * @param step makes a step for each task
 * @param stores the stores that the step uses
 * @param <K> the source's key
 * @param <V> the source's value
 * @param <KOut> key of what the step forwards
 * @param <VOut> value of what the step forwards
 */
public record SourceStage<K, V, KOut, VOut>(
        String node,
        String stage,
        String instance,
        Topics topics,
        Topic<K, V> source,
        Supplier<SourceStep<K, V, KOut, VOut>> step,
        Set<StoreBuilder<?>> stores) {

    /**
     * Adds the stage to a topology and returns the topology, to which the step's outputs are then added as children of
     * {@link #node}.
     */
    public Topology addTo(Topology topology) {
        return topology.addSource(
                        (AutoOffsetReset) null,
                        sourceNode(),
                        SourceStage::time,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        source.name())
                .addProcessor(node, new Supply(), sourceNode())
                .addSink(
                        deadLetterNode(),
                        source.deadLetterName(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        node)
                .addSink(
                        ledgerNode(),
                        topics.ledger().name(),
                        new StringSerializer(),
                        topics.ledger().value().serializer(),
                        node);
    }

    /**
     * The record's timestamp; that of the records before where it has none, or one before 1970, as clients may write
     * that are not Kafka's own: Kafka Streams would not go on beyond it.
     */
    static long time(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }

    String sourceNode() {
        return node + "-source";
    }

    String deadLetterNode() {
        return node + "-dead-letters";
    }

    String ledgerNode() {
        return node + "-ledger";
    }

    String beforeCommitNode() {
        return node + "-before-commit";
    }

    LedgerRange.Source ledgerSource(int partition) {
        return new LedgerRange.Source(stage, instance, source.signal(), source.name(), partition);
    }

    private final class Supply implements ProcessorSupplier<byte[], byte[], Object, Object> {
        @Override
        public Processor<byte[], byte[], Object, Object> get() {
            return new SourceProcessor<>(SourceStage.this, step.get());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            StoreBuilder<KeyValueStore<Integer, byte[]>> ledger = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(ledgerNode()), Serdes.Integer(), Serdes.ByteArray());
            Set<StoreBuilder<?>> all = new HashSet<>(stores);
            all.add(ledger);
            all.add(BeforeCommit.builder(beforeCommitNode()));
            return all;
        }
    }
}
