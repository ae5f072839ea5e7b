package io.tributary.benchmarks.system;

import io.tributary.benchmarks.workload.Workloads;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Sends a log now and then, and searches for each until it is found. */
public final class Searchable implements AutoCloseable {
    private static final long SEND_EVERY_MILLIS = 500;
    private static final long SEARCH_EVERY_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final String SEARCH =
            "/logs-generic-default/_search?ignore_unavailable=true&size=200&filter_path=hits.hits.fields";

    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private final Queue<Double> found = new ConcurrentLinkedQueue<>();
    private final ObjectMapper json = new ObjectMapper();
    private volatile boolean stopped;
    private volatile Exception failure;

    /** Begins to send through this client, and to search in this Elasticsearch. */
    public static Searchable watch(OtlpClient gateway, BareBulk elasticsearch) {
        Searchable searchable = new Searchable();
        Thread.ofVirtual().start(() -> searchable.whileWanted(() -> searchable.send(gateway), SEND_EVERY_MILLIS));
        Thread.ofVirtual()
                .start(() -> searchable.whileWanted(() -> searchable.search(elasticsearch), SEARCH_EVERY_MILLIS));
        return searchable;
    }

    /** How long each took, in seconds, from before it was sent to after it was found; all that were sent are found. */
    public double[] seconds() throws InterruptedException {
        stopped = true;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!waiting.isEmpty() && failure == null && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(SEARCH_EVERY_MILLIS);
        }
        if (failure != null || !waiting.isEmpty()) {
            throw new IllegalStateException("logs not found: " + waiting.size(), failure);
        }
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void whileWanted(Step step, long everyMillis) {
        try {
            while (failure == null && (!stopped || !waiting.isEmpty())) {
                step.run();
                TimeUnit.MILLISECONDS.sleep(everyMillis);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private void send(OtlpClient gateway) throws IOException, InterruptedException {
        if (!stopped) {
            String id = "marker-" + found.size() + "-" + System.nanoTime();
            waiting.put(id, System.nanoTime());
            gateway.send(Workloads.marker(id, Instant.now()).toByteArray());
        }
    }

    private void search(BareBulk elasticsearch) throws IOException, InterruptedException {
        Map<String, Long> asked = new HashMap<>(waiting);
        if (asked.isEmpty()) {
            return;
        }
        String ids = asked.keySet().stream().collect(Collectors.joining("\",\"", "\"", "\""));
        String answer = answer(
                elasticsearch,
                "{\"_source\":false,\"fields\":[\"attributes.request.id\"],\"query\":{\"terms\":{"
                        + "\"attributes.request.id\":[" + ids + "]}}}");
        long now = System.nanoTime();
        for (JsonNode hit : json.readTree(answer).path("hits").path("hits")) {
            String id = hit.path("fields").path("attributes.request.id").path(0).asString();
            Long since = waiting.remove(id);
            if (since != null) {
                found.add((now - since) / 1e9);
            }
        }
    }

    private String answer(BareBulk elasticsearch, String question) throws IOException, InterruptedException {
        try {
            return elasticsearch.call("POST", SEARCH, question);
        } catch (BareBulk.BusyException e) {
            // Whoever searches asks again, and the logs are not found until then.
            return "{}";
        } catch (IOException e) {
            // The data stream is made by the first log, and cannot be searched at once.
            if (found.isEmpty()) {
                return "{}";
            }
            throw e;
        }
    }

    @Override
    public void close() {
        stopped = true;
        waiting.clear();
    }
}
