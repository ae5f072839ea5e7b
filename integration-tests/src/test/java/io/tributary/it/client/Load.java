package io.tributary.it.client;

import io.tributary.it.system.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends one signal over OTLP/HTTP, batch after batch at a steady rate, until it is told to finish. Like
 * any good client it sends a batch again, byte for byte, when the answer says that it may, or when there is none; any
 * other refusal fails it. So the number of records that it was asked to deliver is exact, whatever happens meanwhile.
 */
public final class Load implements AutoCloseable {
    static final long FIRST_SPAN = 1L << 40;

    private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
    private static final int OK = 200;
    /** The answer that never came: refused, reset, or too late. */
    private static final int NONE = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Signal signal;
    private final URI uri;
    private final String tenant;
    private final int series;
    private final UUID run = UUID.randomUUID();
    private final int perSecond;
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final CompletableFuture<Void> sending;
    private final AtomicInteger records = new AtomicInteger();
    private volatile int wanted = Integer.MAX_VALUE;
    private volatile boolean givenUp;

    private Load(Signal signal, Endpoints endpoints, int perSecond, String tenant, int series) {
        this.signal = signal;
        this.uri = endpoints.at("OTLP_HTTP", signal.path());
        this.perSecond = perSecond;
        this.tenant = tenant;
        this.series = series;
        this.sending = CompletableFuture.runAsync(
                this::send,
                task -> Thread.ofPlatform().name("load-" + signal).daemon().start(task));
    }

    /** Begins to send about so many records a second. */
    public static Load start(Signal signal, Endpoints endpoints, int perSecond) {
        return new Load(signal, endpoints, perSecond, "default", Batch.SIZE);
    }

    /** Sends so many records, a multiple of 500, as quickly as they are taken, and returns when all are. */
    public static Load of(Signal signal, Endpoints endpoints, int records) {
        Load load = start(signal, endpoints, Integer.MAX_VALUE);
        load.finish(records);
        return load;
    }

    /** Sends so many points of a tenant, a multiple of 500, each with a label value that none had before. */
    public static Load ofNewSeries(String tenant, Endpoints endpoints, int points) {
        return new Load(Signal.METRICS, endpoints, Integer.MAX_VALUE, tenant, points).finish(points);
    }

    /** Goes on until at least so many records are taken, and sends no more. */
    public Load finish(int atLeast) {
        wanted = atLeast;
        sending.join();
        return this;
    }

    /** How many records have been taken; exact once the load is finished. Their numbers count from 0. */
    public int records() {
        return records.get();
    }

    /** How often each HTTP status was the answer; 0 stands for no answer at all. Complete once it is finished. */
    public Map<Integer, Integer> answers() {
        return answers;
    }

    public Signal signal() {
        return signal;
    }

    /** What log records carry as the attribute {@code test.run}, beside their number as {@code test.number}. */
    public String run() {
        return run.toString();
    }

    /** The name of the metric, whose series differ by a label {@code series}; points have their number as value. */
    public String metric() {
        return metric(run);
    }

    /** How many series its points make. */
    public int series() {
        return series;
    }

    /** The service of all records. */
    public String service() {
        return service(run);
    }

    /** The number of the span with this id, in hexadecimal. */
    public static int numberOfSpan(String spanId) {
        return Math.toIntExact(Long.parseLong(spanId, 16) - FIRST_SPAN);
    }

    /** How many traces the spans make. */
    public int traces() {
        return records() / Batch.SPANS_OF_A_TRACE;
    }

    static String metric(UUID run) {
        return "load_" + run.toString().replace('-', '_');
    }

    static String service(UUID run) {
        return "load-" + run;
    }

    private void send() {
        long begin = System.nanoTime();
        for (int number = 0; records.get() < wanted && !givenUp; number++) {
            Instant now = Instant.now();
            long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            deliver(new Batch(run, number, nanos, series).of(signal).toByteArray());
            long ahead = (long) (records.addAndGet(Batch.SIZE) * 1e9 / perSecond) - (System.nanoTime() - begin);
            if (wanted == Integer.MAX_VALUE && ahead > 0) {
                LockSupport.parkNanos(ahead);
            }
        }
    }

    private void deliver(byte[] body) {
        while (!givenUp) {
            int status = attempt(body);
            answers.merge(status, 1, Integer::sum);
            if (status == OK) {
                return;
            }
            LockSupport.parkNanos(TRY_AGAIN_NANOS);
        }
    }

    private int attempt(byte[] body) {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/x-protobuf")
                            .header("X-Scope-OrgID", tenant)
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IOException e) {
            return NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        boolean taken = answer.statusCode() == OK && answer.body().length == 0;
        if (!taken && !RETRYABLE.contains(answer.statusCode())) {
            throw new AssertionError(signal + ": answered " + answer.statusCode() + " with " + answer.body().length
                    + " bytes (expected: taken as a whole, or to be sent again)");
        }
        return answer.statusCode();
    }

    /** Stops it, if the scenario failed before it could finish. */
    @Override
    public void close() {
        givenUp = true;
        sending.exceptionally(failure -> null).join();
        http.close();
    }
}
