package io.tributary.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.alerts.routing.WebhookReceiver;
import io.tributary.schemas.avro.Notification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that moves what is posted to {@code /old}, and can be slow. */
class WebhookTest {
    private static final Notification MESSAGE = Notification.newBuilder()
            .setGroupKey("{}:{}")
            .setReceiver("hook")
            .setIdempotencyKey("k-1")
            .setDueAtUnixNano(1)
            .setGroupLabels(Map.of())
            .setAlerts(List.of())
            .build();

    private record Request(String path, String method, String key, String body) {}

    /** Where to, by path. */
    private final Map<String, String> moved = new ConcurrentHashMap<>();

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private int status;
    /** How many bytes the server promises to say more, and never does; -1 for none. */
    private int bytes = -1;

    private HttpServer server;
    private Webhook webhook;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        webhook = new Webhook(
                new WebhookReceiver("hook", URI.create(origin() + "/old?secret"), true, 0),
                "http://x",
                Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        webhook.close();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void aMoveThatWouldLoseTheMessageIsNoDelivery(int code) throws Exception {
        status = code;
        moved.put("/old", origin() + "/new?secret");
        Reply reply = webhook.post(MESSAGE, 0);
        assertThat(reply.answer()).isEqualTo(Answer.REFUSED);
        assertThat(reply)
                .hasToString(origin() + " answered " + code + ", moved to " + origin()
                        + " (expected: 2xx; a POST follows 307 and 308, not from https to http)");
        assertThat(requests).extracting(Request::path).containsExactly("/old");
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void theMessageFollowsAMoveThatKeepsIt(int code) throws Exception {
        status = code;
        moved.put("/old", "/between");
        moved.put("/between", origin() + "/new");
        assertThat(webhook.post(MESSAGE, 0).status()).isEqualTo(200);
        assertThat(requests).extracting(Request::path).containsExactly("/old", "/between", "/new");
        assertThat(requests).extracting(Request::method).containsOnly("POST");
        assertThat(requests).extracting(Request::key).containsOnly("k-1");
        assertThat(requests)
                .extracting(Request::body)
                .containsOnly(requests.getFirst().body())
                .allMatch(body -> body.contains("\"receiver\":\"hook\""));
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatTheReceiverAnswersCountsThoughTheRestOfItNeverComes() throws Exception {
        bytes = 5;
        assertThat(webhook.post(MESSAGE, 0).answer()).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void movesInACircleEnd() throws Exception {
        status = 307;
        moved.put("/old", "/old");
        assertThat(webhook.post(MESSAGE, 0).status()).isEqualTo(307);
        assertThat(requests).hasSizeBetween(2, 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://127.0.0.1/new", "http://", "%"})
    void aMoveToNowhereIsNoDelivery(String location) throws Exception {
        status = 307;
        moved.put("/old", location);
        assertThat(webhook.post(MESSAGE, 0).status()).isEqualTo(307);
    }

    @Test
    void aMessageThatWasToGoByHttpsGoesByNothingElse() {
        Optional<URI> open = Optional.of(URI.create("http://b/"));
        assertThat(new Reply(URI.create("https://a/"), 307, open).movedTo()).isEmpty();
        assertThat(new Reply(URI.create("http://a/"), 307, open).movedTo()).isEqualTo(open);
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(new Request(
                path,
                exchange.getRequestMethod(),
                exchange.getRequestHeaders().getFirst(Webhook.IDEMPOTENCY_KEY),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        String to = moved.get(path);
        if (to != null && !to.isEmpty()) {
            exchange.getResponseHeaders().add("Location", to);
        }
        exchange.sendResponseHeaders(to == null ? 200 : status, bytes);
        if (bytes < 0) {
            exchange.close();
        } else {
            exchange.getResponseBody().flush();
        }
    }
}
