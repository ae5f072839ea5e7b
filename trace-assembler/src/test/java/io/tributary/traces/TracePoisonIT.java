package io.tributary.traces;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.contract.PoisonContract;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import io.tributary.traces.stream.TraceTopology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.io.TempDir;

class TracePoisonIT extends PoisonContract<TraceId, Span> {
    private final Topics topics = Topics.of(
            "traces-poison-it.", new SchemaRegistry(TestRegistry.shared().url()));

    @TempDir
    private Path stateDir;

    @Override
    protected String bootstrapServers() {
        return TestKafka.shared().bootstrapServers();
    }

    @Override
    protected Topics topics() {
        return topics;
    }

    @Override
    protected Topic<TraceId, Span> source() {
        return topics.spans();
    }

    @Override
    protected String stage() {
        return TraceTopology.APPLICATION_ID;
    }

    @Override
    protected TraceId goodKey(int number) {
        return SampleData.traceId(number);
    }

    @Override
    protected Span good(int number) {
        return SampleData.span(number, 1, -1, "shop", number, 1);
    }

    @Override
    protected AutoCloseable start() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            TopicCreation creation = new TopicCreation(admin, Optional.empty());
            creation.create(topics.all());
            creation.create(List.of(TraceTopology.edgeChanges(topics)));
        }
        return RunningTopology.start(bootstrapServers(), "traces-poison-it", topics, stateDir);
    }
}
