package io.tributary.local.connector;

import io.tributary.local.Endpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Gives a Connect worker its connectors. */
public final class Connectors {

    /** Where the build puts the connectors' files, below the repository. */
    public static final Path FOLDER = Path.of("local/target/classes/connectors");

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final ConnectClient client;
    private final List<ConnectorFile> files;

    /**
     * Connectors for a worker.
     *
     * @param url the base of the worker's REST API
     */
    public Connectors(String url, List<ConnectorFile> files) {
        this.client = new ConnectClient(url);
        this.files = List.copyOf(files);
    }

    /** The connectors of the repository's files, for the local worker. */
    public static Connectors local(Path root, Endpoints endpoints) {
        return new Connectors(endpoints.connect(), ConnectorFile.in(root.resolve(FOLDER), addresses(endpoints)));
    }

    /** What {@code ${NAME}} in a connector's file may stand for. */
    static Map<String, String> addresses(Endpoints endpoints) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", endpoints.kafka(),
                "REGISTRY_URL", endpoints.registry(),
                "ES_URL", endpoints.elasticsearch(),
                "QUESTDB_URL", endpoints.questDb());
    }

    /**
     * Posts the connectors that the worker does not have, or has otherwise, and waits until every task of all runs.
     *
     * @return how many were posted
     * @throws ConnectorFailedException if one is refused, fails, or does not run in time
     */
    public int post() throws IOException, InterruptedException {
        int posted = 0;
        for (ConnectorFile file : files) {
            if (!client.has(file)) {
                await(file.name(), "not accepted", () -> client.put(file));
                posted++;
            }
        }
        for (ConnectorFile file : files) {
            await(file.name(), "not running", () -> isRunning(file.name()));
        }
        return posted;
    }

    private boolean isRunning(String name) throws IOException, InterruptedException {
        return client.status(name)
                .map(status -> {
                    status.failure().ifPresent(reason -> {
                        throw new ConnectorFailedException(name, "failed: " + reason);
                    });
                    return status.isRunning();
                })
                .orElse(false);
    }

    private interface Attempt {
        boolean succeeds() throws IOException, InterruptedException;
    }

    private static void await(String name, String otherwise, Attempt attempt) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!attempt.succeeds()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ConnectorFailedException(name, otherwise + " after " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
