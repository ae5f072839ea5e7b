package io.tributary.it.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A receiver of notifications that takes all, and remembers what it was told. */
final class Webhook implements AutoCloseable {
    private final HttpServer server;
    private final List<String> told = new CopyOnWriteArrayList<>();

    Webhook() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The messages in their order, such as {@code firing Slow}. */
    List<String> told() {
        return List.copyOf(told);
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode message =
                JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        told.add(message.get("status").asString()
                + ' '
                + message.at("/groupLabels/alertname").asString());
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
