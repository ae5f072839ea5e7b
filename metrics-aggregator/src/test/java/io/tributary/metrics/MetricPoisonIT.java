package io.tributary.metrics;

import io.tributary.metrics.stream.RollupTopology;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.contract.PoisonContract;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The contract on the real service, with a Kafka of its own: its application id, and so its internal topics, are those
 * of the other test.
 */
class MetricPoisonIT extends PoisonContract<SeriesId, MetricPoint> {
    private static final String PREFIX = "metric-poison-it.";

    private final TestKafka kafka = TestKafka.start();
    private final Topics topics =
            Topics.of(PREFIX, new SchemaRegistry(TestRegistry.shared().url()));

    @TempDir
    private Path stateDir;

    @AfterEach
    void close() {
        kafka.close();
    }

    @Override
    protected String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    protected Topics topics() {
        return topics;
    }

    @Override
    protected Topic<SeriesId, MetricPoint> source() {
        return topics.metrics();
    }

    @Override
    protected String stage() {
        return RollupTopology.STAGE;
    }

    @Override
    protected SeriesId goodKey(int number) {
        MetricPoint point = good(number);
        return SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
    }

    @Override
    protected MetricPoint good(int number) {
        return SampleData.counter("orders_total", Map.of("shop", "s" + number), number, 10.0 * number);
    }

    @Override
    protected AutoCloseable start() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            new TopicCreation(admin, Optional.empty()).create(topics.all());
        }
        return new SpringApplicationBuilder(Application.class)
                .run(
                        "--tributary.kafka.bootstrap-servers=" + bootstrapServers(),
                        "--tributary.kafka.registry-url="
                                + TestRegistry.shared().url(),
                        "--tributary.kafka.topic-prefix=" + PREFIX,
                        "--tributary.kafka.state-dir=" + stateDir,
                        "--logging.structured.format.console=",
                        "--management.server.port=0",
                        "--server.port=0");
    }
}
