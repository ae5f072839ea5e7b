package io.tributary.local.demo;

import io.tributary.local.Context;
import io.tributary.local.command.ShortDuration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tributary demo}: sends real telemetry until it is stopped. */
@Command(name = "demo", description = "Sends the telemetry of a small shop and of this machine until stopped.")
public final class DemoCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 3;
    private static final double HIGHEST_RATE = 1000;
    private static final long LAST_WORDS_SECONDS = 60;
    private static final int CONNECT_MILLIS = 5_000;

    private final Context context;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Option(
            names = "--rate",
            paramLabel = "VISITS",
            defaultValue = "5",
            description = "Visits to the shop each second: ${DEFAULT-VALUE} unless told.")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            description = "Stops by itself after this long, such as 30s or 5m.")
    private Duration duration;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "The same seed makes the same customers: ${DEFAULT-VALUE} unless told.")
    private long seed;

    public DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(rate > 0 && rate <= HIGHEST_RATE)) {
            context.console().error("--rate: " + rate + " (expected: above 0, at most " + HIGHEST_RATE + ")");
            return USAGE;
        }
        String url = context.target().otlp();
        if (!listens(URI.create(url))) {
            context.console()
                    .error("ingest-gateway: nothing listens at " + url
                            + " (expected: a running system; ./tributary up)");
            return UNAVAILABLE;
        }
        // Ctrl-C and SIGTERM end the JVM by its hooks: this one holds it until everything is sent.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-demo"));
        try {
            run(url);
        } finally {
            stopped.countDown();
        }
        return DONE;
    }

    private static boolean listens(URI url) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String url) throws IOException, InterruptedException {
        Demo demo = new Demo(() -> Exporters.otlp(url), rate, seed);
        try (demo) {
            context.console().line("Sending to " + url + " until stopped (Ctrl-C)");
            long begin = System.nanoTime();
            while (!isOver(begin)) {
                if (context.console().colour()) {
                    context.console().out().print("\r" + demo.line() + " ");
                    context.console().out().flush();
                }
            }
        }
        context.console().line((context.console().colour() ? "\r" : "") + demo.line());
    }

    /** Waits for a second, or less if it is over. */
    private boolean isOver(long begin) throws InterruptedException {
        long left = duration == null ? Long.MAX_VALUE : duration.toNanos() - (System.nanoTime() - begin);
        return left <= 0 || stop.await(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
    }

    private void end() {
        stop.countDown();
        try {
            if (!stopped.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                context.console().error("demo: what was left could not be sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
