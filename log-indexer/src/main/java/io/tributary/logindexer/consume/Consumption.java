package io.tributary.logindexer.consume;

import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.runtime.source.PassedOffsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes for as long as it is not stopped: a member of the group that fails is replaced by a new one, which begins at
 * the last commit.
 */
public final class Consumption {
    private static final Logger LOG = LoggerFactory.getLogger(Consumption.class);
    private static final Duration BEFORE_NEXT_MEMBER = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(11);

    private final Function<PassedOffsets, Consumer<byte[], byte[]>> consumers;
    private final RecordIndexing indexing;
    private final LedgerPublisher ledger;
    private final ConsumptionSettings settings;
    private final Clock clock;
    private volatile boolean running;
    private volatile String failure;
    private final AtomicLong replaced = new AtomicLong();
    private Thread thread;

    /** Consumes by consumers that are made when they are needed, and note what they pass over. */
    public Consumption(
            Function<PassedOffsets, Consumer<byte[], byte[]>> consumers,
            RecordIndexing indexing,
            LedgerPublisher ledger,
            ConsumptionSettings settings,
            Clock clock) {
        this.consumers = consumers;
        this.indexing = indexing;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins to consume. */
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("log-consumer").start(this::run);
    }

    /** Stops after what is in flight was awaited for a while and what is settled was committed. */
    public void stop() throws InterruptedException {
        running = false;
        if (thread != null && !thread.join(STOP_WITHIN)) {
            LOG.warn("consuming did not stop within {}", STOP_WITHIN);
            thread.interrupt();
        }
    }

    /** Why nothing is consumed at the moment; empty while all is well. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many members failed and were replaced. */
    public long replaced() {
        return replaced.get();
    }

    private void run() {
        while (running) {
            PassedOffsets passed = new PassedOffsets();
            try (Consumer<byte[], byte[]> consumer = consumers.apply(passed)) {
                LogConsumer member = new LogConsumer(consumer, passed, indexing, ledger, settings, clock);
                member.subscribe();
                while (running) {
                    member.turn();
                    failure = null;
                }
                member.finish();
            } catch (RuntimeException | Error e) {
                // Whatever failed was not committed. Trying again loses nothing; giving up would stop the partitions.
                failure = e.toString();
                replaced.incrementAndGet();
                LOG.error("consuming failed and begins again at the last commit", e);
                rest();
            }
        }
    }

    private void rest() {
        try {
            Thread.sleep(BEFORE_NEXT_MEMBER);
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
