package io.tributary.servers;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Up when this broker has joined the cluster. The port alone proves nothing: it is open before the broker answers.
 *
 * @param bootstrapServers {@code host:port}
 */
record KafkaProbe(String bootstrapServers) implements Probe {

    private static final int PATIENCE_MS = 3_000;

    @Override
    public boolean isUp() throws InterruptedException {
        int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
        // Without this, the client writes a warning for each connection that is refused.
        if (!new TcpProbe(port).isUp()) {
            return false;
        }
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS - 1_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS))) {
            return admin.describeCluster().nodes().get().stream().anyMatch(node -> node.port() == port);
        } catch (ExecutionException e) {
            return false;
        }
    }
}
