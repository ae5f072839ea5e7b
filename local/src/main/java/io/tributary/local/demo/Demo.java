package io.tributary.local.demo;

import io.tributary.local.demo.machine.Machine;
import io.tributary.local.demo.shop.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Customers visit the shop at a steady rate while the machine is observed, until closed. */
public final class Demo implements AutoCloseable {
    private static final Duration METRICS = Duration.ofSeconds(5);
    private static final int CUSTOMERS_AT_ONCE = 200;
    private static final int SERVER_ERROR = 500;

    private final Sent sent = new Sent();
    private final AtomicLong visits = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final Semaphore room = new Semaphore(CUSTOMERS_AT_ONCE);
    private final Telemetry machine;
    private final Shop shop;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();

    /** Begins at once, with so many visits a second; every service sends to exporters of its own. */
    public Demo(Supplier<Exporters> exporters, double rate, long seed) throws IOException {
        Supplier<Exporters> counted = () -> sent.counting(exporters.get());
        shop = new Shop(counted, METRICS, seed);
        machine = new Telemetry("machine", counted.get(), METRICS);
        Machine.observe(machine.meter());
        long interval = (long) (TimeUnit.SECONDS.toNanos(1) / rate);
        var _ = clock.scheduleAtFixedRate(this::letIn, 0, interval, TimeUnit.NANOSECONDS);
    }

    /** What has happened so far, for people. */
    public String line() {
        return visits + " visits (" + turnedAway + " turned away), " + sent.line();
    }

    /** What was sent so far. */
    public Sent sent() {
        return sent;
    }

    private void letIn() {
        // A slow machine gets fewer customers, not a growing crowd.
        if (room.tryAcquire()) {
            customers.execute(this::visit);
        }
    }

    private void visit() {
        try {
            visits.incrementAndGet();
            if (shop.visit() >= SERVER_ERROR) {
                turnedAway.incrementAndGet();
            }
        } catch (IOException e) {
            turnedAway.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }

    /** Lets nobody in any more, waits for those inside, and sends what is left. */
    @Override
    public void close() {
        clock.shutdown();
        customers.close();
        shop.close();
        machine.close();
    }
}
