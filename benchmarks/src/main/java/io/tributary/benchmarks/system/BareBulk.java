package io.tributary.benchmarks.system;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.logindexer.document.DocumentId;
import io.tributary.logindexer.document.LogDocument;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.topic.Topic;
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
 * else done: what no indexer can exceed.
 */
public final class BareBulk {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BODY_BYTES = 5 << 20;
    private static final int BODIES = 8;
    private static final int AT_ONCE = 2;
    private static final String STREAM = "logs-bare-default";
    private static final int TOO_MANY = 429;
    /** When a request that Elasticsearch has no memory for is sent again, as the indexer does. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private long bytes;
    private long documents;

    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    private record Body(byte[] bytes, int documents) {}

    /** Requests to the Elasticsearch at this URL. */
    public BareBulk(String url) {
        this.url = url;
    }

    /** Writes the documents of the topic's first records, under the ids that the indexer gives them. */
    public Progress write(KafkaSide kafka, Topic<?, LogRecord> topic, long records)
            throws IOException, InterruptedException {
        Usage self = Usage.ofThisProcess();
        Progress progress = new Progress();
        long sent = 0;
        double cpu = 0;
        long pausedNanos = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(topic.name())) {
            Deque<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();
            while (sent < records) {
                long pause = System.nanoTime();
                Deque<Body> bodies = bodies(consumer, read, records - sent);
                pausedNanos += System.nanoTime() - pause;
                double before = self.cpuSeconds();
                progress.note(sent, cpu, System.nanoTime() - pausedNanos);
                sent += send(bodies);
                cpu += self.cpuSeconds() - before;
                progress.note(sent, cpu, System.nanoTime() - pausedNanos);
            }
        }
        return progress;
    }

    /** Mean size of a document in a request, in bytes. */
    public double documentBytes() {
        return (double) bytes / documents;
    }

    /** What a document of this data stream takes on disk, in bytes, once its segments are merged. */
    public double bytesPerDocument(String stream) throws IOException, InterruptedException {
        call("POST", "/" + stream + "/_forcemerge?max_num_segments=1&flush=true", "");
        JsonNode primaries = json.readTree(call("GET", "/" + stream + "/_stats/store,docs", ""))
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

    private Deque<Body> bodies(
            KafkaConsumer<byte[], byte[]> consumer, Deque<ConsumerRecord<byte[], byte[]>> read, long most) {
        LogDocument documentsOf = new LogDocument();
        Deque<Body> bodies = new ArrayDeque<>();
        long taken = 0;
        while (bodies.size() < BODIES && taken < most) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES + (64 << 10));
            int count = 0;
            while (body.size() < BODY_BYTES && taken < most) {
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

    private long send(Deque<Body> bodies) throws IOException {
        long sent = 0;
        Deque<CompletableFuture<Integer>> underWay = new ArrayDeque<>();
        while (!bodies.isEmpty() || !underWay.isEmpty()) {
            while (underWay.size() < AT_ONCE && !bodies.isEmpty()) {
                underWay.add(send(bodies.poll()));
            }
            sent += underWay.poll().join();
        }
        return sent;
    }

    private CompletableFuture<Integer> send(Body body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/" + STREAM + "/_bulk?filter_path=errors,items.*.status"))
                .POST(BodyPublishers.ofByteArray(body.bytes()))
                .header("Content-Type", "application/x-ndjson")
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenCompose(answer -> {
            if (answer.statusCode() == TOO_MANY) {
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
