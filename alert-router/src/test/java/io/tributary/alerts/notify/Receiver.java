package io.tributary.alerts.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.tributary.alerts.routing.WebhookReceiver;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver at a real server, that keeps what it is told, and answers 200 unless a test says otherwise. */
final class Receiver implements AutoCloseable {
    /** The group of all messages to it, as a route without labels makes it. */
    static final NotificationKey GROUP = new NotificationKey("default", "{}:{}", "hook");

    /** A request, and who sent it: one address for each connection. */
    record Request(InetSocketAddress from, String path, String method, String key, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile HttpHandler answer = exchange -> answer(exchange, 200);

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** From now on, requests are answered so once they are read. */
    void answersBy(HttpHandler other) {
        answer = other;
    }

    /** Says this status, and no more. */
    static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The idempotency keys of all requests. */
    List<String> told() {
        return requests.stream().map(Request::key).toList();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What posts to it at this path, and waits for so long. */
    Webhook webhook(String path, Duration patience) {
        return webhook(URI.create(origin() + path), patience);
    }

    /** What posts to a receiver of the same name elsewhere, and waits for so long. */
    static Webhook webhook(URI url, Duration patience) {
        return new Webhook(new WebhookReceiver(GROUP.getReceiver(), url, true, 0), "http://x", patience);
    }

    /** A message to it with this idempotency key. */
    static Notification message(String key) {
        Alert alert = Alert.newBuilder()
                .setFingerprint("f")
                .setLabels(Map.of("host", "a"))
                .setStartsAtUnixNano(0)
                .setEndsAtUnixNano(2)
                .setUpdatedAtUnixNano(0)
                .build();
        return Notification.newBuilder()
                .setGroupKey(GROUP.getGroupKey())
                .setReceiver(GROUP.getReceiver())
                .setIdempotencyKey(key)
                .setDueAtUnixNano(1)
                .setGroupLabels(Map.of())
                .setAlerts(List.of(alert))
                .build();
    }

    private void take(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRemoteAddress(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestMethod(),
                exchange.getRequestHeaders().getFirst(Webhook.IDEMPOTENCY_KEY),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        answer.handle(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
