package io.tributary.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.tributary.alerts.notify.Receiver.Request;
import io.tributary.schemas.avro.Notification;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that moves what is posted to {@code /old}, or is long in answering. */
class WebhookTest {
    private static final Notification MESSAGE = Receiver.message("k-1");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where to, by path. */
    private final Map<String, String> moved = new ConcurrentHashMap<>();

    @AutoClose
    private final Receiver receiver = new Receiver();

    @AutoClose
    private final Webhook webhook = receiver.webhook("/old?secret", PATIENCE);

    WebhookTest() throws IOException {}

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void aMoveThatWouldLoseTheMessageIsNoDelivery(int code) throws Exception {
        moves(code, "/old", receiver.origin() + "/new?secret");
        Reply reply = webhook.post(MESSAGE, 0);
        assertThat(reply.answer()).isEqualTo(Answer.REFUSED);
        assertThat(reply)
                .hasToString(receiver.origin() + " answered " + code + ", moved to " + receiver.origin()
                        + " (expected: 2xx; a POST follows 307 and 308, not from https to http)");
        assertThat(receiver.requests()).extracting(Request::path).containsExactly("/old");
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void theMessageFollowsAMoveThatKeepsIt(int code) throws Exception {
        moves(code, "/old", "/between");
        moves(code, "/between", receiver.origin() + "/new");
        assertThat(webhook.post(MESSAGE, 0).status()).isEqualTo(200);
        assertThat(receiver.requests()).extracting(Request::path).containsExactly("/old", "/between", "/new");
        assertThat(receiver.requests()).extracting(Request::method).containsOnly("POST");
        assertThat(receiver.requests()).extracting(Request::key).containsOnly("k-1");
        assertThat(receiver.requests())
                .extracting(Request::body)
                .containsOnly(receiver.requests().getFirst().body())
                .allMatch(body -> body.contains("\"receiver\":\"hook\""));
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatTheReceiverAnswersCountsThoughTheRestOfItNeverComes() throws Exception {
        receiver.answersBy(exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().flush();
        });
        assertThat(webhook.post(MESSAGE, 0).answer()).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void aConnectionServesAgainThoughTheReceiverSaysMoreThanItsStatus() {
        byte[] more = new byte[50_000];
        receiver.answersBy(exchange -> {
            exchange.sendResponseHeaders(200, more.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(more);
            }
        });
        // Nobody waits for the end of an answer, so a message that is due at once may go by a connection of its own.
        await().until(() -> {
            webhook.post(MESSAGE, 0);
            return connections() < receiver.requests().size();
        });
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theConnectionOfAnAnswerThatFallsSilentIsClosed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Webhook silent = Receiver.webhook(
                        URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), Duration.ofHours(1))) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(
                    () -> answerInPart(server), each -> Thread.ofVirtual().start(each));
            assertThat(silent.post(MESSAGE, 0).answer()).isEqualTo(Answer.DELIVERED);
            closed.join();
        }
    }

    @Test
    void anAnswerThatGoesOnAndOnIsNotRead() {
        AtomicBoolean closed = new AtomicBoolean();
        RestOfAnswer rest = new RestOfAnswer();
        rest.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long buffers) {
                assertThat(buffers).isPositive();
            }

            @Override
            public void cancel() {
                closed.set(true);
            }
        });
        rest.onNext(List.of(ByteBuffer.allocate(40_000), ByteBuffer.allocate(40_000)));
        assertThat(closed).isTrue();
    }

    @Test
    void movesInACircleEnd() throws Exception {
        moves(307, "/old", "/old");
        assertThat(webhook.post(MESSAGE, 0).status()).isEqualTo(307);
        assertThat(receiver.requests()).hasSizeBetween(2, 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://127.0.0.1/new", "http://", "%"})
    void aMoveToNowhereIsNoDelivery(String location) throws Exception {
        moves(307, "/old", location);
        assertThat(webhook.post(MESSAGE, 0).status()).isEqualTo(307);
    }

    @Test
    void aMessageThatWasToGoByHttpsGoesByNothingElse() {
        Optional<URI> open = Optional.of(URI.create("http://b/"));
        assertThat(new Reply(URI.create("https://a/"), 307, open).movedTo()).isEmpty();
        assertThat(new Reply(URI.create("http://a/"), 307, open).movedTo()).isEqualTo(open);
    }

    private long connections() {
        return receiver.requests().stream().map(Request::from).distinct().count();
    }

    private void moves(int status, String from, String to) {
        moved.put(from, to);
        receiver.answersBy(exchange -> answerMoved(exchange, status));
    }

    private void answerMoved(HttpExchange exchange, int status) throws IOException {
        String to = moved.get(exchange.getRequestURI().getPath());
        if (to != null && !to.isEmpty()) {
            exchange.getResponseHeaders().add("Location", to);
        }
        Receiver.answer(exchange, to == null ? 200 : status);
    }

    /** Answers one request with less than it promises, and returns once the connection is closed. */
    private static void answerInPart(ServerSocket server) {
        try (Socket connection = server.accept()) {
            String head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
            connection.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException _) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
