package io.tributary.alerts.stream;

import io.tributary.alerts.retention.ChunkLog;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.retention.SampleStore;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.AbstractStoreBuilder;

/**
 * The samples of a shard as a state store. They are in memory once: the shard reads and changes them where they are,
 * and what changes is written to the changelog and held by nobody else. A store of Kafka's own would have the same
 * bytes beside them, those of labels above all. There is no public interface to write to a changelog.
 */
final class ShardSamples implements StateStore {
    private final String name;
    private final MemoryBudget budget;
    private SampleStore samples;
    private boolean open;

    private ShardSamples(String name, MemoryBudget budget) {
        this.name = name;
        this.budget = budget;
    }

    /** Makes one for each task; they share the budget. */
    static StoreBuilder<ShardSamples> builder(String name, MemoryBudget budget) {
        return new AbstractStoreBuilder<Object, Object, ShardSamples>(name, null, null, Time.SYSTEM) {
            @Override
            public ShardSamples build() {
                return new ShardSamples(name, budget);
            }
        };
    }

    /** The samples; other ones after each {@link #init}. */
    SampleStore store() {
        return samples;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        samples = new SampleStore(new Changelog((InternalProcessorContext<?, ?>) context), budget);
        context.register(root, samples::restore);
        open = true;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            samples.close();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private final class Changelog implements ChunkLog {
        private final InternalProcessorContext<?, ?> context;

        Changelog(InternalProcessorContext<?, ?> context) {
            this.context = context;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            context.logChange(
                    name,
                    Bytes.wrap(key),
                    value,
                    context.recordContext().timestamp(),
                    new RecordHeaders(),
                    Position.emptyPosition());
        }

        @Override
        public void delete(byte[] key) {
            put(key, null);
        }
    }
}
