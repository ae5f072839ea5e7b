package io.tributary.alerts.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real webhook receiver that keeps what it was told, and answers as it is told to. */
final class WebhookServer implements AutoCloseable {
    /** A request, and how it was answered. */
    record Call(String idempotencyKey, JsonNode body, int status) {
        String summary() {
            return body.get("status").asString() + " "
                    + body.get("groupLabels").path("alertname").asString();
        }
    }

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    WebhookServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hook", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** The next requests get these statuses, all later ones 200. */
    void answerNext(int... statuses) {
        for (int status : statuses) {
            answers.add(status);
        }
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What was taken, in order. */
    List<String> delivered() {
        return calls.stream()
                .filter(call -> call.status() == 200)
                .map(Call::summary)
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        Integer answer = answers.poll();
        int status = answer == null ? 200 : answer;
        calls.add(new Call(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body, status));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
