package io.tributary.alerts.notify;

import io.tributary.alerts.routing.WebhookReceiver;
import io.tributary.schemas.avro.Notification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Posts messages to a webhook. */
final class Webhook implements AutoCloseable {
    /** The header by which a receiver can tell a message that comes again from a new one. */
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** As many as the JDK's client would follow. */
    private static final int MOST_MOVES = 5;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final WebhookReceiver receiver;
    private final String externalUrl;
    private final Duration patience;
    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    /** Posts to this receiver, which may take so long for its answer. */
    Webhook(WebhookReceiver receiver, String externalUrl, Duration patience) {
        this.receiver = receiver;
        this.externalUrl = externalUrl;
        this.patience = patience;
    }

    /**
     * Makes one attempt at a message, also where the receiver has moved if it takes the message there, and returns the
     * last answer; {@link IOException} if there was none.
     */
    Reply post(Notification message, int left) throws IOException, InterruptedException {
        WebhookPayload payload = WebhookPayload.of(message, externalUrl, receiver.maxAlerts(), left);
        byte[] body = json.writeValueAsBytes(payload);
        Reply reply = post(receiver.url(), message, body);
        for (int moves = 0; moves < MOST_MOVES && reply.movedTo().isPresent(); moves++) {
            reply = post(reply.movedTo().get(), message, body);
        }
        return reply;
    }

    private Reply post(URI to, Notification message, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Tributary")
                .header(IDEMPOTENCY_KEY, message.getIdempotencyKey())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<Void> response = client.send(request, _ -> new RestOfAnswer());
        return new Reply(to, response.statusCode(), location(to, response));
    }

    private static Optional<URI> location(URI from, HttpResponse<?> response) {
        try {
            return response.headers()
                    .firstValue("Location")
                    .map(from::resolve)
                    .filter(to -> to.getHost() != null
                            && ("http".equalsIgnoreCase(to.getScheme()) || "https".equalsIgnoreCase(to.getScheme())));
        } catch (IllegalArgumentException _) {
            // No address at all.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
