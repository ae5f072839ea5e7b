package io.tributary.gateway.config;

import com.linecorp.armeria.server.Server;
import io.tributary.gateway.ledger.LedgerPublisher;
import io.tributary.gateway.publish.KafkaRecordPublisher;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the gateway's parts in order. It takes requests when topics and schemas are there and the producer
 * knows them. At its stop it takes no more, answers those that it has, and publishes the last of the ledger.
 */
final class Gateway implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long LAST_SECONDS = 2;
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Server server;
    private final KafkaRecordPublisher publisher;
    private final LedgerPublisher ledger;
    private final ExecutorService workers;
    private final BooleanSupplier topicsReady;
    private final Collection<String> topics;
    private volatile boolean running;
    private volatile boolean ready;

    Gateway(
            Server server,
            KafkaRecordPublisher publisher,
            LedgerPublisher ledger,
            ExecutorService workers,
            BooleanSupplier topicsReady,
            Collection<String> topics) {
        this.server = server;
        this.publisher = publisher;
        this.ledger = ledger;
        this.workers = workers;
        this.topicsReady = topicsReady;
        this.topics = topics;
    }

    /** Whether requests are taken. */
    boolean isReady() {
        return ready;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("gateway-ready").daemon().start(this::awaitTopics);
        server.start().join();
        ledger.start();
        server.activePorts().values().forEach(port -> LOG.info("OTLP at {}", port.localAddress()));
    }

    private void awaitTopics() {
        while (running && !(topicsReady.getAsBoolean() && publisher.knows(topics))) {
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
        ready = running;
    }

    @Override
    public void stop() {
        running = false;
        server.stop().join();
        // The server waits for no request whose client has gone.
        workers.shutdownNow();
        awaitWorkers();
        publisher.flush();
        ledger.close();
        publisher.close();
    }

    private void awaitWorkers() {
        try {
            if (!workers.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("workers: not done after {} s; what they send may be missing in the ledger", LAST_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
