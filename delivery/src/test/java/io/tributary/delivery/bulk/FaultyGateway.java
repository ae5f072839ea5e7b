package io.tributary.delivery.bulk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A gateway before the real Elasticsearch that answers bulk requests as its script tells, then passes them on. */
final class FaultyGateway implements AutoCloseable {
    /** What to do with a bulk request: answer it, or return false to pass it on. */
    @FunctionalInterface
    interface Fault {
        boolean answers(HttpExchange exchange, byte[] body) throws IOException;
    }

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String target;
    private final Deque<Fault> script = new ArrayDeque<>();
    private final List<Integer> documents = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    FaultyGateway(String target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next bulk request without a fault yet gets this one. */
    synchronized FaultyGateway then(Fault fault) {
        script.add(fault);
        return this;
    }

    /** The next so many get it. */
    FaultyGateway then(int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            then(fault);
        }
        return this;
    }

    /** How many documents each bulk request had. */
    List<Integer> requests() {
        return List.copyOf(documents);
    }

    /** The Authorization header of each bulk request; "none" where it was missing. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    static Fault status(int status) {
        return (exchange, body) -> answer(exchange, status, "{\"error\":{\"type\":\"scripted\",\"reason\":\"r\"}}");
    }

    /** Closes the connection without an answer. */
    static Fault closed() {
        return (exchange, body) -> {
            throw new IOException("scripted");
        };
    }

    /** Passes the request on and closes the connection: the documents are stored, and the answer is lost. */
    Fault answerLost() {
        return (exchange, body) -> {
            forward(exchange, body);
            throw new IOException("scripted");
        };
    }

    /** Refuses requests with more than this many bytes, as a proxy with a limit does. */
    static Fault limit(int bytes) {
        return (exchange, body) -> body.length > bytes && answer(exchange, 413, "too large");
    }

    /** Answers every item with this status and error type. */
    static Fault items(int status, String type) {
        return (exchange, body) -> {
            String item = "{\"create\":{\"_index\":\"x\",\"status\":" + status + ",\"error\":{\"type\":\"" + type
                    + "\",\"reason\":\"scripted\"}}}";
            return answer(
                    exchange, 200, "{\"items\":[" + String.join(",", Collections.nCopies(count(body), item)) + "]}");
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fault fault = (any, thing) -> false;
        if (exchange.getRequestURI().getPath().endsWith("_bulk")) {
            documents.add(count(body));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            synchronized (this) {
                fault = script.isEmpty() ? fault : script.remove();
            }
        }
        if (!fault.answers(exchange, body)) {
            HttpResponse<byte[]> response = forward(exchange, body);
            answer(exchange, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
        return true;
    }

    private static int count(byte[] body) {
        int lines = 0;
        for (byte b : body) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines / 2;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
