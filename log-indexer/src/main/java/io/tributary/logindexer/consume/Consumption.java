package io.tributary.logindexer.consume;

import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.retry.Backoff;
import io.tributary.runtime.source.PassedOffsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes for as long as it is not stopped: a member of the group that fails commits what is settled nevertheless, and
 * is replaced after a pause by a new one, which begins there.
 */
public final class Consumption {
    private static final Logger LOG = LoggerFactory.getLogger(Consumption.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(11);

    private final Function<PassedOffsets, Consumer<byte[], byte[]>> consumers;
    private final RecordIndexing indexing;
    private final LedgerPublisher ledger;
    private final ConsumptionSettings settings;
    private final Backoff backoff;
    private final Clock clock;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile String failure;
    private final AtomicLong replaced = new AtomicLong();
    private Thread thread;

    /**
     * Consumes by consumers that are made when they are needed, and note what they pass over. After failures it waits
     * as long as the backoff says.
     */
    public Consumption(
            Function<PassedOffsets, Consumer<byte[], byte[]>> consumers,
            RecordIndexing indexing,
            LedgerPublisher ledger,
            ConsumptionSettings settings,
            Backoff backoff,
            Clock clock) {
        this.consumers = consumers;
        this.indexing = indexing;
        this.ledger = ledger;
        this.settings = settings;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** Begins to consume. */
    public void start() {
        stopped = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("log-consumer").start(this::run);
    }

    /** Stops after what is in flight was awaited for a while and what is settled was committed. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        if (thread != null && !thread.join(STOP_WITHIN)) {
            LOG.warn("consuming did not stop within {}", STOP_WITHIN);
            thread.interrupt();
        }
    }

    /** Why the last member failed, until the one that replaced it gets on with all of its partitions; else empty. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many members failed and were replaced. */
    public long replaced() {
        return replaced.get();
    }

    private void run() {
        int failures = 0;
        while (isRunning()) {
            PassedOffsets passed = new PassedOffsets();
            try (Consumer<byte[], byte[]> consumer = consumers.apply(passed);
                    LogConsumer member = new LogConsumer(consumer, passed, indexing, ledger, settings, clock)) {
                member.subscribe();
                while (isRunning()) {
                    member.turn();
                    if (failure != null && member.getsOn()) {
                        failures = 0;
                        failure = null;
                    }
                }
            } catch (RuntimeException | Error e) {
                // Whatever failed was not committed. Trying again loses nothing; giving up would stop the partitions.
                failures++;
                failure = e.toString();
                replaced.incrementAndGet();
                LOG.error("consuming failed and begins again at the last commit", e);
                rest(backoff.after(failures));
            }
        }
    }

    private boolean isRunning() {
        return stopped.getCount() > 0;
    }

    private void rest(Duration pause) {
        try {
            stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
