package io.tributary.delivery.bulk;

import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.IndexTemplates;
import io.tributary.delivery.retry.Backoff;
import io.tributary.delivery.retry.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes documents to Elasticsearch in bulk requests and tells of each what became of it, exactly once. What fails for
 * a passing reason is sent again without end; {@link #circuit()} tells what it waits for. The templates are put before
 * the first document, and again after Elasticsearch was away.
 *
 * <p>{@link #submit} never blocks: who submits looks at {@link #bytesInFlight()} and stops reading in time. Safe for
 * use by many threads.
 */
public final class BulkWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

    private final BulkSettings settings;
    private final ElasticsearchHttp elasticsearch;
    private final BulkQueue queue;
    private final BulkDelivery delivery;
    private final Circuit circuit;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger items = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();

    /**
     * A writer that is not started yet.
     *
     * @param elasticsearch the connection, which stays the caller's
     * @param templates what must be there before the first document
     * @param settings how documents are sent
     * @param observer is told what happens
     * @param clock tells how long items wait
     * @param random chance for pauses; safe for use by many threads, such as {@link java.util.Random}
     */
    public BulkWriter(
            ElasticsearchHttp elasticsearch,
            IndexTemplates templates,
            BulkSettings settings,
            BulkObserver observer,
            Clock clock,
            RandomGenerator random) {
        this.elasticsearch = elasticsearch;
        this.settings = settings;
        this.circuit = new Circuit(clock);
        this.queue = new BulkQueue(settings, clock);
        Backoff backoff = new Backoff(settings.firstPause(), settings.longestPause(), random);
        Backoff held = new Backoff(settings.holdPause(), settings.holdPause(), random);
        BulkSender sender = new BulkSender(elasticsearch, templates, observer, clock);
        this.delivery = new BulkDelivery(
                sender,
                new ReplayCheck(elasticsearch),
                queue,
                circuit,
                this::settle,
                observer,
                backoff,
                held,
                Pause.SLEEP);
    }

    /** Starts writing. */
    public BulkWriter start() {
        for (int number = 0; number < settings.requestsInFlight(); number++) {
            workers.add(Thread.ofPlatform().daemon().name("bulk-" + number).start(this::work));
        }
        return this;
    }

    /** Takes the item; its completion is called in time. */
    public void submit(BulkItem item) {
        items.incrementAndGet();
        bytes.addAndGet(item.bytes());
        queue.add(item);
    }

    /** About how many bytes the items hold that are not settled yet. */
    public long bytesInFlight() {
        return bytes.get();
    }

    /** How many items are not settled yet. */
    public int itemsInFlight() {
        return items.get();
    }

    /** Whether documents flow, and if not, why. */
    public Circuit circuit() {
        return circuit;
    }

    /** Stops at once; items that are not settled stay so, and their completions are never called. */
    @Override
    public void close() {
        workers.forEach(Thread::interrupt);
        try {
            for (Thread worker : workers) {
                worker.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            delivery.prepare();
            while (!Thread.currentThread().isInterrupted()) {
                delivery.deliver(queue.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("bulk writer to {} stops", elasticsearch, e);
        }
    }

    private void settle(BulkItem item, Settlement settlement) {
        bytes.addAndGet(-item.bytes());
        items.decrementAndGet();
        try {
            item.source().release();
            item.completion().accept(settlement);
        } catch (RuntimeException | Error e) {
            // A defect of the caller. Its record stays unsettled, so that nothing is committed past it and it shows.
            LOG.error("completion of {} in {} failed", item.id(), item.target(), e);
        }
    }
}
