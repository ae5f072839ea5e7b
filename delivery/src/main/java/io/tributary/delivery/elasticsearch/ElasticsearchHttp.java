package io.tributary.delivery.elasticsearch;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Elasticsearch's HTTP API, bare: one request, one answer, whatever its status. Nothing is retried here. A node that
 * cannot be reached makes the next request go to the next node; an answer that refuses access makes it read the
 * credentials again. Safe for use by many threads.
 */
public final class ElasticsearchHttp implements AutoCloseable {
    /** Media type of a JSON body. */
    public static final String JSON = "application/json";
    /** Media type of a bulk body. */
    public static final String NDJSON = "application/x-ndjson";

    private static final long MAX_ANSWER_BYTES = 64L << 20;

    private final ElasticsearchSettings settings;
    private final HttpClient client;
    private final AtomicInteger node = new AtomicInteger();
    private volatile Optional<String> authorization;

    /**
     * A client with these settings; nothing is connected yet. {@link IllegalArgumentException} if the certificates
     * cannot be read.
     */
    public ElasticsearchHttp(ElasticsearchSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.connectTimeout());
        settings.certificateAuthority().map(TrustedAuthority::context).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * Sends a request and awaits its answer.
     *
     * @param method such as {@code PUT}
     * @param path path and query, from the first slash
     * @param mediaType the body's media type; without meaning for an empty body
     * @param body the body in parts, asked for as they are sent
     * @param length the length of all parts in bytes; 0 for no body
     * @throws IOException if there is no answer (refused, closed, timed out) or the credentials cannot be read; the
     *     request may have been carried out
     */
    public ElasticsearchAnswer send(String method, String path, String mediaType, Iterable<byte[]> body, int length)
            throws IOException, InterruptedException {
        int current = node.get();
        URI url = settings.urls().get(Math.floorMod(current, settings.urls().size()));
        BodyPublisher publisher = length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(body), length);
        HttpRequest.Builder request = HttpRequest.newBuilder(at(url, path))
                .method(method, publisher)
                .timeout(settings.requestTimeout())
                .header("Content-Type", mediaType)
                .header("Accept", JSON);
        authorization().ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            ElasticsearchAnswer answer = new ElasticsearchAnswer(response.statusCode(), response.body());
            if (answer.isAccessRefused()) {
                authorization = null;
            }
            return answer;
        } catch (IOException e) {
            node.compareAndSet(current, current + 1);
            throw e;
        }
    }

    /**
     * A name as one segment of a path: names of indices may hold what a URL may not, such as a brace or a percent sign.
     */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a request with a JSON text as body, empty for none; see the other method. */
    public ElasticsearchAnswer send(String method, String path, String json) throws IOException, InterruptedException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return send(method, path, JSON, List.of(body), body.length);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    @SuppressWarnings("OptionalAssignedToNull") // null: not read yet
    private Optional<String> authorization() throws IOException {
        Optional<String> known = authorization;
        if (known == null) {
            known = settings.credentials().authorization();
            if (known.isPresent() && known.get().chars().anyMatch(Character::isISOControl)) {
                // The HTTP client would refuse it with the secret in its message.
                throw new IOException("credentials: more than one line (expected: one)");
            }
            authorization = known;
        }
        return known;
    }

    private static URI at(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }
}
