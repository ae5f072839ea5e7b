package io.tributary.local.connector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kafka Connect's REST API, as far as the launcher needs it. */
final class ConnectClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    ConnectClient(String url) {
        this.url = url;
    }

    /** Whether the worker has the connector with exactly this configuration; false, too, while it cannot tell. */
    boolean has(ConnectorFile connector) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(request(connector.name() + "/config").build());
        if (response.statusCode() != OK) {
            return false;
        }
        var expected = new HashMap<>(connector.config());
        // Which the worker adds.
        expected.put("name", connector.name());
        return JsonMapper.shared()
                .readTree(response.body())
                .equals(JsonMapper.shared().valueToTree(expected));
    }

    /**
     * Creates the connector, or gives it this configuration.
     *
     * @return false while the worker is not ready for changes: try again
     * @throws ConnectorFailedException if the worker refuses the configuration
     */
    boolean put(ConnectorFile connector) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(connector.name() + "/config")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(connector.config())))
                .build());
        if (response.statusCode() == CONFLICT || response.statusCode() >= 500) {
            return false;
        }
        if (response.statusCode() >= 300) {
            throw new ConnectorFailedException(
                    connector.name(),
                    "refused: "
                            + JsonMapper.shared()
                                    .readTree(response.body())
                                    .path("message")
                                    .asString(""));
        }
        return true;
    }

    /** The connector's status; empty while the worker does not know it yet. */
    Optional<ConnectorStatus> status(String name) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(name + "/status").build());
        if (response.statusCode() == NOT_FOUND || response.statusCode() == CONFLICT) {
            return Optional.empty();
        }
        JsonNode status = JsonMapper.shared().readTree(response.body());
        return Optional.of(ConnectorStatus.of(status));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + "/connectors/" + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }
}
