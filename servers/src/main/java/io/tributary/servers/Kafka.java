package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One Kafka node in KRaft mode, broker and controller at once.
 *
 * @param port where clients connect
 * @param controllerPort the quorum's own port
 * @param home configuration and data
 * @param log the server's log
 */
public record Kafka(int port, int controllerPort, Path home, Path log) {

    /** Any base64 of 16 bytes does; one for all, so that data outlives a change of the launcher. */
    static final String CLUSTER_ID = "dHJpYnV0YXJ5LWxvY2FsIQ";

    public String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    /** The node as a process of its own. Its storage is formatted at the first start. */
    public Server server(Distributions distributions) {
        Path configuration = home.resolve("server.properties");
        String classPath = distributions.kafkaClassPath();
        return Server.of(
                        "kafka",
                        Jvm.command(
                                Jvm.options(Jvm.SMALL, "-Xmx320m", "-Xms128m", Log4j.option(home), "-cp", classPath),
                                "kafka.Kafka",
                                configuration.toString()),
                        home,
                        log,
                        new KafkaProbe(bootstrapServers()))
                .withPort("clients", port)
                .withPort("controller", controllerPort)
                .withPreparation(() -> {
                    PropertiesFile.write(configuration, properties());
                    Log4j.write(home);
                    if (!Files.exists(data().resolve("meta.properties"))) {
                        format(classPath, configuration);
                    }
                });
    }

    /** The broker's settings: everything once, nothing created by accident, one copy of everything. */
    public Properties properties() {
        var properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + Loopback.HOST + ":" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,CLIENTS:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "CLIENTS"),
                Map.entry(
                        "listeners",
                        "CLIENTS://" + Loopback.HOST + ":" + port + ",CONTROLLER://" + Loopback.HOST + ":"
                                + controllerPort),
                Map.entry("advertised.listeners", "CLIENTS://" + Loopback.HOST + ":" + port),
                Map.entry("log.dirs", data().toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                Map.entry("log.segment.bytes", "67108864"),
                Map.entry("offsets.topic.segment.bytes", "16777216"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("controlled.shutdown.enable", "true")));
        return properties;
    }

    Path data() {
        return home.resolve("data");
    }

    private void format(String classPath, Path configuration) throws IOException, InterruptedException {
        List<String> command = Jvm.command(
                Jvm.options(Jvm.SMALL, "-Xmx128m", Log4j.option(home), "-cp", classPath),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                CLUSTER_ID,
                "--config",
                configuration.toString());
        Process format = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (format.waitFor() != 0) {
            throw new IOException("storage cannot be formatted in " + data());
        }
    }
}
