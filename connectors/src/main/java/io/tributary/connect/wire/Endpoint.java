package io.tributary.connect.wire;

import io.tributary.connect.sink.SinkSettings;
import io.tributary.schemas.failure.RetryableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A store's HTTP server, with credentials and a time limit. */
public final class Endpoint implements AutoCloseable {
    private final HttpClient client;
    private final Duration timeout;
    private final Optional<String> authorization;

    /** The server that the settings name. */
    public Endpoint(SinkSettings settings) {
        timeout = settings.requestTimeout();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        authorization = settings.user().isEmpty()
                ? Optional.empty()
                : Optional.of(basic(settings.user() + ':' + settings.password().value()));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to a POST; {@link RetryableException} if none comes. */
    public Answer post(URI uri, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(timeout).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request);
    }

    /** The answer to a GET; {@link RetryableException} if none comes. */
    public Answer get(URI uri) {
        return send(HttpRequest.newBuilder(uri).timeout(timeout));
    }

    private Answer send(HttpRequest.Builder builder) {
        authorization.ifPresent(value -> builder.header("Authorization", value));
        HttpRequest request = builder.build();
        String where = request.uri().getAuthority() + request.uri().getPath();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new RetryableException(where + ": no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException(where + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
