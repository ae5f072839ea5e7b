package io.tributary.delivery.bulk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A gateway before the real Elasticsearch that answers bulk requests as its script tells, then as its rule tells, and
 * passes on what neither answers.
 */
public final class FaultyGateway implements AutoCloseable {
    /** What to do with a bulk request: answer it, or return false to pass it on. */
    @FunctionalInterface
    public interface Fault {
        /** Passes everything on. */
        Fault NONE = (exchange, body) -> false;

        boolean answers(HttpExchange exchange, byte[] body) throws IOException;
    }

    private final InetSocketAddress address;
    private HttpServer server;
    private boolean away;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String target;
    private final Deque<Fault> script = new ArrayDeque<>();
    private final List<Integer> documents = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusedItems = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault rule = Fault.NONE;
    private volatile Fault lookUps = Fault.NONE;

    /** A gateway on a port of its own before the Elasticsearch at this URL. */
    public FaultyGateway(String target) throws IOException {
        this.target = target;
        listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.address = server.getAddress();
    }

    private void listen(InetSocketAddress where) throws IOException {
        server = HttpServer.create(where, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /** Refuses connections until {@link #comeBack}. */
    public void goAway() {
        server.stop(0);
        away = true;
    }

    /** Listens again where it listened, if it went away. */
    public void comeBack() throws IOException {
        if (away) {
            listen(address);
            away = false;
        }
    }

    /** Passes everything on. */
    public synchronized void behave() throws IOException {
        script.clear();
        rule = Fault.NONE;
        comeBack();
    }

    /** Every bulk request that the script does not tell of gets this one, until another is set. */
    public FaultyGateway always(Fault fault) {
        rule = fault;
        return this;
    }

    /** Every look-up of documents gets this one, until another is set. */
    public FaultyGateway alwaysOnLookUps(Fault fault) {
        lookUps = fault;
        return this;
    }

    /** How many items were refused by {@link #someItems}. */
    public int refusedItems() {
        return refusedItems.get();
    }

    /** The next bulk request without a fault yet gets this one. */
    public synchronized FaultyGateway then(Fault fault) {
        script.add(fault);
        return this;
    }

    /** The next so many get it. */
    public FaultyGateway then(int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            then(fault);
        }
        return this;
    }

    /** How many documents each bulk request had. */
    public List<Integer> requests() {
        return List.copyOf(documents);
    }

    /** The Authorization header of each bulk request; "none" where it was missing. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Answers the whole request with this status. */
    public static Fault status(int status) {
        return (exchange, body) -> answer(exchange, status, "{\"error\":{\"type\":\"scripted\",\"reason\":\"r\"}}");
    }

    /** Answers with this as if it were well. */
    public static Fault body(String text) {
        return (exchange, body) -> answer(exchange, 200, text);
    }

    /** Closes the connection without an answer. */
    public static Fault closed() {
        return (exchange, body) -> {
            throw new IOException("scripted");
        };
    }

    /** Passes the request on and closes the connection: the documents are stored, and the answer is lost. */
    public Fault answerLost() {
        return (exchange, body) -> {
            forward(exchange, body);
            throw new IOException("scripted");
        };
    }

    /** Passes the request on and answers with the first half of the answer; then the connection is closed. */
    public Fault halfAnswered() {
        return (exchange, body) -> {
            byte[] answer = forward(exchange, body).body();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer, 0, answer.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("scripted");
        };
    }

    /** Never answers. */
    public Fault silent() {
        return (exchange, body) -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("scripted");
        };
    }

    /** What happens meanwhile. */
    public interface Event {
        void happens() throws Exception;
    }

    /** Passes the request on and never answers it; after its documents were stored, this happens. */
    public Fault carriedOutUnanswered(Event event) {
        Fault silent = silent();
        return (exchange, body) -> {
            forward(exchange, body);
            try {
                event.happens();
            } catch (Exception e) {
                throw new IOException(e);
            }
            return silent.answers(exchange, body);
        };
    }

    /** Never answers requests with more than so many documents, as an Elasticsearch that is too slow for them. */
    public Fault silentAbove(int most) {
        Fault silent = silent();
        return (exchange, body) -> count(body) > most && silent.answers(exchange, body);
    }

    /** Answers this share of the items with this status and error type, and passes the others on. */
    public Fault someItems(double share, int status, String type, RandomGenerator random) {
        return (exchange, body) -> {
            List<byte[]> lines = lines(body);
            boolean[] refused = new boolean[lines.size() / 2];
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            for (int i = 0; i < refused.length; i++) {
                synchronized (random) {
                    refused[i] = random.nextDouble() < share;
                }
                if (refused[i]) {
                    refusedItems.incrementAndGet();
                } else {
                    passed.writeBytes(lines.get(2 * i));
                    passed.writeBytes(lines.get(2 * i + 1));
                }
            }
            List<BulkAnswer.Item> answers = passed.size() == 0
                    ? List.of()
                    : BulkAnswer.parse(forward(exchange, passed.toByteArray()).body())
                            .items();
            Iterator<BulkAnswer.Item> next = answers.iterator();
            List<String> items = new ArrayList<>();
            for (boolean one : refused) {
                items.add(one ? item("x", status, type) : item(next.next()));
            }
            return answer(exchange, 200, "{\"items\":[" + String.join(",", items) + "]}");
        };
    }

    /** Refuses requests with more than this many bytes, as a proxy with a limit does. */
    public static Fault limit(int bytes) {
        return (exchange, body) -> body.length > bytes && answer(exchange, 413, "too large");
    }

    /** Refuses requests with more than one document, as if each document were small enough by itself. */
    public static Fault tooLargeTogether() {
        return (exchange, body) -> count(body) > 1 && answer(exchange, 413, "too large");
    }

    /** Answers every item with this status and error type. */
    public static Fault items(int status, String type) {
        return (exchange, body) -> {
            List<String> items = Collections.nCopies(count(body), item("x", status, type));
            return answer(exchange, 200, "{\"items\":[" + String.join(",", items) + "]}");
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fault fault = Fault.NONE;
        if (exchange.getRequestURI().getPath().endsWith("_bulk")) {
            documents.add(count(body));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            synchronized (this) {
                fault = script.isEmpty() ? rule : script.remove();
            }
        } else if (exchange.getRequestURI().getPath().endsWith("_mget")) {
            fault = lookUps;
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

    private static String item(BulkAnswer.Item item) {
        return item.error().type().isEmpty()
                ? "{\"create\":{\"_index\":\"" + item.index() + "\",\"status\":" + item.status() + "}}"
                : item(item.index(), item.status(), item.error().type());
    }

    private static String item(String index, int status, String type) {
        return "{\"create\":{\"_index\":\"" + index + "\",\"status\":" + status + ",\"error\":{\"type\":\"" + type
                + "\",\"reason\":\"scripted\"}}}";
    }

    private static int count(byte[] body) {
        return lines(body).size() / 2;
    }

    /** The lines with their ends: of each item one that names it, and one with its document. */
    private static List<byte[]> lines(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                lines.add(Arrays.copyOfRange(body, from, i + 1));
                from = i + 1;
            }
        }
        return lines;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        client.close();
    }
}
