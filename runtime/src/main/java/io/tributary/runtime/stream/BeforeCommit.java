package io.tributary.runtime.stream;

import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.AbstractStoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Has something done right before each commit of its task, as a part of it. To Kafka Streams it is a store that holds
 * nothing and has a cache, since caches are all that it flushes then: before it waits for what was sent, and before it
 * commits the offsets. There is no public interface for that; {@link StateStore#commit} comes after the commit, and not
 * after each.
 */
final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {
    private final String name;
    private Runnable action = () -> {};
    private boolean open;

    private BeforeCommit(String name) {
        this.name = name;
    }

    /** Makes one for each task. */
    static StoreBuilder<BeforeCommit> builder(String name) {
        return new AbstractStoreBuilder<Object, Object, BeforeCommit>(name, null, null, Time.SYSTEM) {
            @Override
            public BeforeCommit build() {
                return new BeforeCommit(name);
            }
        }.withLoggingDisabled();
    }

    /**
     * Does this from now on; to be called by {@code Processor.init}. It may forward as the processor, and write into
     * stores that have no cache: a cache may have been flushed already.
     */
    void run(ProcessorContext<?, ?> context, Runnable action) {
        if (context instanceof InternalProcessorContext<?, ?> inner) {
            ProcessorNode<?, ?, ?, ?> processor = inner.currentNode();
            this.action = () -> {
                ProcessorNode<?, ?, ?, ?> before = inner.currentNode();
                inner.setCurrentNode(processor);
                try {
                    action.run();
                } finally {
                    inner.setCurrentNode(before);
                }
            };
        } else {
            this.action = action;
        }
    }

    @Override
    public void flushCache() {
        action.run();
    }

    @Override
    public void clearCache() {
        // What waits is lost with the task that did not commit it, and so is what it was made from.
        action = () -> {};
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {
            throw new IllegalStateException(name + ": has no changelog (expected: nothing to restore)");
        });
        action = () -> {};
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
