package io.tributary.benchmarks.system;

import io.tributary.benchmarks.workload.Workload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends a workload at a rate that does not depend on the answers: when the gateway is slow, the requests become more at
 * once, and not fewer.
 */
public final class Pace {
    private static final int MOST_AT_ONCE = 64;

    private final CompletableFuture<Long> records;

    private Pace(CompletableFuture<Long> records) {
        this.records = records;
    }

    /**
     * Begins to send so many records a second for so long.
     *
     * @param sent so many of the workload's requests were sent before, and are not sent again
     */
    public static Pace start(OtlpClient client, Workload<?, ?, ?> workload, int sent, int rate, long nanos) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(run(client, workload, sent, rate, nanos));
            } catch (InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return new Pace(done);
    }

    private static long run(OtlpClient client, Workload<?, ?, ?> workload, int sent, int rate, long nanos)
            throws InterruptedException {
        long apart = (long) (1e9 * workload.records() / rate);
        long begin = System.nanoTime();
        Semaphore free = new Semaphore(MOST_AT_ONCE);
        AtomicReference<Exception> failure = new AtomicReference<>();
        int number = 0;
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (; number * apart < nanos && failure.get() == null; number++) {
                TimeUnit.NANOSECONDS.sleep(begin + number * apart - System.nanoTime());
                byte[] body = workload.request().apply(sent + number).toByteArray();
                free.acquire();
                requests.execute(() -> {
                    try {
                        client.send(body);
                    } catch (Exception e) {
                        failure.set(e);
                    } finally {
                        free.release();
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return (long) number * workload.records();
    }

    /** Awaits the end; returns how many records were sent and taken. */
    public long join() {
        return records.join();
    }
}
