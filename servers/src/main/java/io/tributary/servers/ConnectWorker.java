package io.tributary.servers;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * A stock Kafka Connect worker in distributed mode: connectors are posted to its REST API and kept on Kafka.
 *
 * <p>Plugins are found by their {@code META-INF/services} files only: looking into every class of every jar instead
 * takes two seconds and 300 MB more.
 *
 * @param port the REST API's port
 * @param bootstrapServers the Kafka that it works with
 * @param plugins the folder with a folder for each plugin
 * @param home its configuration
 * @param log the server's log
 */
public record ConnectWorker(int port, String bootstrapServers, Path plugins, Path home, Path log) {

    private static final String BROKERS_DEFAULT = "-1";

    public String url() {
        return Loopback.http(port, "").toString();
    }

    public Server server(Distributions distributions) {
        Path configuration = home.resolve("worker.properties");
        return Server.of(
                        "connect",
                        Jvm.command(
                                Jvm.ours(
                                        "-Xmx256m",
                                        "-Xms64m",
                                        Log4j.option(home),
                                        "-cp",
                                        distributions.kafkaClassPath()),
                                "org.apache.kafka.connect.cli.ConnectDistributed",
                                configuration.toString()),
                        home,
                        log,
                        Probe.http(port, "/connectors"))
                .withPort("http", port)
                .withPreparation(() -> {
                    PropertiesFile.write(configuration, properties());
                    Log4j.write(home);
                });
    }

    private Properties properties() {
        var properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("bootstrap.servers", bootstrapServers),
                Map.entry("group.id", "tributary-connect"),
                Map.entry("listeners", "http://" + Loopback.HOST + ":" + port),
                Map.entry("rest.advertised.host.name", Loopback.HOST),
                Map.entry("plugin.path", plugins.toAbsolutePath().toString()),
                Map.entry("plugin.discovery", "service_load"),
                Map.entry("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
                Map.entry("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
                Map.entry("header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
                Map.entry("offset.flush.interval.ms", "5000"),
                Map.entry("scheduled.rebalance.max.delay.ms", "0"),
                Map.entry("config.storage.topic", "tributary-connect-configs"),
                Map.entry("config.storage.replication.factor", BROKERS_DEFAULT),
                Map.entry("offset.storage.topic", "tributary-connect-offsets"),
                Map.entry("offset.storage.replication.factor", BROKERS_DEFAULT),
                Map.entry("offset.storage.partitions", "1"),
                Map.entry("status.storage.topic", "tributary-connect-status"),
                Map.entry("status.storage.replication.factor", BROKERS_DEFAULT),
                Map.entry("status.storage.partitions", "1")));
        return properties;
    }
}
