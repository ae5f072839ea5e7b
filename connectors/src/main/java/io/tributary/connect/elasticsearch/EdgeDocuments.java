package io.tributary.connect.elasticsearch;

import io.tributary.schemas.avro.ServiceEdge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls from one service to another in one window, twice: in Jaeger's layout ({@code jaeger-dependencies-*}: a
 * document with one dependency, whose counts Jaeger adds up over the documents of a time range), so that Jaeger's map
 * works; and with errors and durations in {@code tributary-service-edges-<day of the window>}. The id is a hash of
 * tenant, caller, callee and window, so that a later record for the same window replaces both.
 */
final class EdgeDocuments {
    private static final int ID_BYTES = 16;

    private EdgeDocuments() {}

    static List<Document> of(ServiceEdge edge) {
        String id = id(edge);
        return List.of(jaeger(edge, id), own(edge, id));
    }

    private static Document jaeger(ServiceEdge edge, String id) {
        Map<String, Object> dependency = new LinkedHashMap<>();
        dependency.put("parent", edge.getCaller());
        dependency.put("child", edge.getCallee());
        dependency.put("callCount", edge.getCalls());
        dependency.put("source", "tributary");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "timestamp", IndexNames.instant(edge.getWindowStartUnixNano()).toString());
        fields.put("dependencies", List.of(dependency));
        String index = IndexNames.jaegerDependencies(edge.getTenant(), edge.getWindowStartUnixNano());
        return new Document(index, id, fields);
    }

    private static Document own(ServiceEdge edge, String id) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "@timestamp", IndexNames.instant(edge.getWindowStartUnixNano()).toString());
        fields.put("tenant", edge.getTenant());
        fields.put("caller", edge.getCaller());
        fields.put("callee", edge.getCallee());
        fields.put("window_nanos", edge.getWindowNanos());
        fields.put("calls", edge.getCalls());
        fields.put("errors", edge.getErrors());
        Map<String, Object> duration = new LinkedHashMap<>();
        duration.put("sum_nanos", edge.getDurationSumNanos());
        duration.put("bounds_nanos", edge.getDurationBoundsNanos());
        duration.put("bucket_counts", edge.getDurationBucketCounts());
        fields.put("duration", duration);
        return new Document(IndexNames.serviceEdges(edge.getWindowStartUnixNano()), id, fields);
    }

    private static String id(ServiceEdge edge) {
        String text = String.join(
                "\0",
                edge.getTenant(),
                edge.getCaller(),
                edge.getCallee(),
                Long.toString(edge.getWindowStartUnixNano()),
                Long.toString(edge.getWindowNanos()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
