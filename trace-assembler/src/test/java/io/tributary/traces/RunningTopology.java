package io.tributary.traces;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.schemas.topic.Topics;
import io.tributary.traces.assembly.ClosingRule;
import io.tributary.traces.assembly.PartLimits;
import io.tributary.traces.edge.EdgeWindows;
import io.tributary.traces.stream.TraceSettings;
import io.tributary.traces.stream.TraceTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The topology under an application id of its own, which so reads everything from the beginning. */
final class RunningTopology implements AutoCloseable {
    private final KafkaStreams streams;

    private RunningTopology(KafkaStreams streams) {
        this.streams = streams;
    }

    static RunningTopology start(String bootstrapServers, String applicationId, Topics topics, Path stateDir) {
        Properties config = new Properties();
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        TraceSettings settings = new TraceSettings(
                new ClosingRule(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofHours(24),
                        Duration.ofSeconds(3)),
                new PartLimits(1 << 20, 5000, 32 << 20, 20_000, 50_000),
                new EdgeWindows(
                        Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(26), Duration.ofSeconds(1)),
                Duration.ofMinutes(1),
                32 << 20);
        KafkaStreams streams =
                new KafkaStreams(new TraceTopology(topics, settings, "again", new SimpleMeterRegistry()).get(), config);
        streams.start();
        return new RunningTopology(streams);
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(10));
    }
}
