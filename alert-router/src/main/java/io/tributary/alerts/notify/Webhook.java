package io.tributary.alerts.notify;

import io.tributary.alerts.routing.WebhookReceiver;
import io.tributary.schemas.avro.Notification;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Posts messages to a webhook. */
final class Webhook implements AutoCloseable {
    /** The header by which a receiver can tell a message that comes again from a new one. */
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final WebhookReceiver receiver;
    private final String externalUrl;
    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(TIMEOUT)
            .build();

    Webhook(WebhookReceiver receiver, String externalUrl) {
        this.receiver = receiver;
        this.externalUrl = externalUrl;
    }

    /** Makes one attempt at a message and returns the HTTP status; {@link IOException} if there was no answer. */
    int post(Notification message, int left) throws IOException, InterruptedException {
        WebhookPayload payload = WebhookPayload.of(message, externalUrl, receiver.maxAlerts(), left);
        HttpRequest request = HttpRequest.newBuilder(receiver.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Tributary")
                .header(IDEMPOTENCY_KEY, message.getIdempotencyKey())
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(payload)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
