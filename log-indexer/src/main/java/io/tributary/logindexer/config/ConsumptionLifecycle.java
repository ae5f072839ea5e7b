package io.tributary.logindexer.config;

import io.tributary.logindexer.consume.Consumption;
import io.tributary.runtime.config.TopicsAtStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Consumes from when the topics are there until the service stops. */
final class ConsumptionLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumptionLifecycle.class);

    private final Consumption consumption;
    private final TopicsAtStart topics;
    private volatile boolean running;

    ConsumptionLifecycle(Consumption consumption, TopicsAtStart topics) {
        this.consumption = consumption;
        this.topics = topics;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a refused schema is told by the topics' health
    public void start() {
        running = true;
        topics.ready().thenRun(this::consume);
    }

    private synchronized void consume() {
        if (running) {
            consumption.start();
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        try {
            consumption.stop();
        } catch (InterruptedException e) {
            LOG.warn("stopped before the last commit", e);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
