package io.tributary.benchmarks.system;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.logindexer.document.DocumentId;
import io.tributary.logindexer.document.LogDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Bulk requests that are made beforehand and then sent as fast as Elasticsearch takes them, two at a time, with nothing
 * else done: what no indexer can exceed. They go to a data stream of their own, of the same template as the indexer's.
 */
public final class BareBulk {
    /** Where they go. */
    public static final String STREAM = "logs-bare-default";

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BODY_BYTES = 5 << 20;
    private static final int AT_ONCE = 2;
    /** When a request that Elasticsearch has no memory for is sent again, as the indexer does. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    /** Polled, and not yet written. */
    private final Deque<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();

    private long bytes;
    private long documents;

    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    private record Body(byte[] bytes, int documents) {}

    /** Requests to the Elasticsearch at this URL. */
    public BareBulk(String url) {
        this.url = url;
    }

    /**
     * Writes the documents of the next records that the consumer has, under the ids that the indexer gives them. All of
     * them are made before the first is sent, or else Elasticsearch would merge segments in time that is not counted.
     */
    public Progress write(KafkaConsumer<byte[], byte[]> consumer, long records) {
        Deque<Body> bodies = bodies(consumer, records);
        Usage self = Usage.ofThisProcess();
        Progress progress = new Progress();
        progress.note(0, self.cpuSeconds());
        long sent = 0;
        Deque<CompletableFuture<Integer>> underWay = new ArrayDeque<>();
        while (sent < records) {
            while (underWay.size() < AT_ONCE && !bodies.isEmpty()) {
                underWay.add(send(bodies.poll()));
            }
            sent += underWay.poll().join();
            progress.note(sent, self.cpuSeconds());
        }
        return progress;
    }

    /** Mean size of a document in a request, in bytes. */
    public double documentBytes() {
        return (double) bytes / documents;
    }

    /** What a document of these data streams takes on disk, in bytes, once the segments of each are merged. */
    public double bytesPerDocument(String... streams) throws IOException, InterruptedException {
        String all = String.join(",", streams);
        call("POST", "/" + all + "/_forcemerge?max_num_segments=1&flush=true", "");
        JsonNode primaries = json.readTree(call("GET", "/" + all + "/_stats/store,docs", ""))
                .path("_all")
                .path("primaries");
        return primaries.path("store").path("size_in_bytes").asDouble()
                / primaries.path("docs").path("count").asDouble();
    }

    /** Elasticsearch has no room for a request now, and wants to be asked again: HTTP 429. */
    public static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        private BusyException(String message) {
            super(message);
        }
    }

    /** Calls Elasticsearch and demands success; {@link BusyException} if it only was not the time. */
    public String call(String method, String path, String body) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            String message = method + " " + path + ": HTTP " + answer.statusCode() + " " + answer.body();
            throw answer.statusCode() == TOO_MANY_REQUESTS ? new BusyException(message) : new IOException(message);
        }
        return answer.body();
    }

    private Deque<Body> bodies(KafkaConsumer<byte[], byte[]> consumer, long records) {
        LogDocument documentsOf = new LogDocument();
        Deque<Body> bodies = new ArrayDeque<>();
        for (long taken = 0; taken < records; ) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES + (64 << 10));
            int count = 0;
            while (body.size() < BODY_BYTES && taken < records) {
                while (read.isEmpty()) {
                    consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                }
                ConsumerRecord<byte[], byte[]> record = read.poll();
                String id = DocumentId.of(record.partition(), record.offset(), record.value());
                body.writeBytes(("{\"create\":{\"_id\":\"" + id + "\"}}\n").getBytes(StandardCharsets.UTF_8));
                int before = body.size();
                documentsOf.write(record.value(), record.timestamp(), body);
                bytes += body.size() - before;
                body.write('\n');
                documents++;
                count++;
                taken++;
            }
            bodies.add(new Body(body.toByteArray(), count));
        }
        return bodies;
    }

    private CompletableFuture<Integer> send(Body body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/" + STREAM + "/_bulk?filter_path=errors,items.*.status"))
                .POST(BodyPublishers.ofByteArray(body.bytes()))
                .header("Content-Type", "application/x-ndjson")
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenCompose(answer -> {
            if (answer.statusCode() == TOO_MANY_REQUESTS) {
                return CompletableFuture.supplyAsync(() -> body, LATER).thenCompose(this::send);
            }
            if (answer.statusCode() != 200 || !answer.body().contains("\"errors\":false")) {
                throw new IllegalStateException("bulk: HTTP " + answer.statusCode() + " "
                        + answer.body().substring(0, Math.min(300, answer.body().length())));
            }
            return CompletableFuture.completedFuture(body.documents());
        });
    }
}
