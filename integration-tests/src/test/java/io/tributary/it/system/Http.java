package io.tributary.it.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP with JSON. Who answers 503 is asked again for a while. */
public final class Http {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNAVAILABLE = 503;

    private Http() {}

    /** The JSON at this address; fails if the answer is not 200. */
    public static JsonNode get(URI uri) {
        return JsonMapper.shared().readTree(text(uri));
    }

    /** The text at this address; fails if the answer is not 200. */
    public static String text(URI uri) {
        return send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build());
    }

    /** The JSON that this JSON gets as an answer; fails if it is not 200. */
    public static JsonNode post(URI uri, String json) {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build()));
    }

    private static String send(HttpRequest request) {
        // A server that has only just made an index, or begun, asks with 503 to be asked again.
        HttpResponse<String> response = await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> answer(request), answer -> answer.statusCode() != UNAVAILABLE);
        assertThat(response.statusCode())
                .as("%s: %s", request.uri(), response.body())
                .isEqualTo(200);
        return response.body();
    }

    private static HttpResponse<String> answer(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
