package io.tributary.benchmarks.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Sends OTLP/HTTP requests that were made beforehand, over and over, as a client does that obeys the protocol: what is
 * not taken because of overload is sent again. Of several receivers each gets every other connection, as from a load
 * balancer.
 */
public final class OtlpClient {
    private static final Duration BACK_OFF = Duration.ofMillis(50);

    private final List<URI> urls;
    private final List<byte[]> bodies;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Sends these bodies to this URL. */
    public OtlpClient(String url, List<byte[]> bodies) {
        this(List.of(url), bodies);
    }

    /** Sends these bodies to these URLs. */
    public OtlpClient(List<String> urls, List<byte[]> bodies) {
        this.urls = urls.stream().map(URI::create).toList();
        this.bodies = bodies;
    }

    /** Sends for so long over so many connections; returns how many bodies were taken by each of the receivers. */
    public long[] sendFor(long nanos, int connections) throws InterruptedException {
        AtomicLongArray taken = new AtomicLongArray(urls.size());
        long end = System.nanoTime() + nanos;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> sending = IntStream.range(0, connections)
                    .mapToObj(first -> senders.submit(() -> {
                        int receiver = first % urls.size();
                        for (int i = first; System.nanoTime() < end; i++) {
                            send(urls.get(receiver), bodies.get(i % bodies.size()));
                            taken.incrementAndGet(receiver);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : sending) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return IntStream.range(0, taken.length()).mapToLong(taken::get).toArray();
    }

    /** Sends one body to the first of the receivers until it is taken. */
    public void send(byte[] body) throws IOException, InterruptedException {
        send(urls.getFirst(), body);
    }

    private void send(URI url, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        while (true) {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                if (answer.body().length > 0) {
                    throw new IOException(url + ": refused some (expected: all taken)");
                }
                return;
            }
            if (answer.statusCode() != 503 && answer.statusCode() != 429) {
                throw new IOException(url + ": HTTP " + answer.statusCode());
            }
            TimeUnit.NANOSECONDS.sleep(BACK_OFF.toNanos());
        }
    }
}
