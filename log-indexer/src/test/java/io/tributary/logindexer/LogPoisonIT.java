package io.tributary.logindexer;

import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.contract.PoisonContract;
import io.tributary.schemas.identity.SourceId;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestElasticsearch;
import io.tributary.servers.fixture.TestKafka;
import org.junit.jupiter.api.AfterEach;

class LogPoisonIT extends PoisonContract<SourceId, LogRecord> {
    private final Pipeline pipeline = new Pipeline("log-poison-it", TestElasticsearch.shared());

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Override
    protected String bootstrapServers() {
        return TestKafka.shared().bootstrapServers();
    }

    @Override
    protected Topics topics() {
        return pipeline.topics;
    }

    @Override
    protected Topic<SourceId, LogRecord> source() {
        return pipeline.logs;
    }

    @Override
    protected String stage() {
        return "log-indexer";
    }

    @Override
    protected SourceId goodKey(int number) {
        return SourceId.of("default", SampleData.resource(number));
    }

    @Override
    protected LogRecord good(int number) {
        return SampleData.log(number);
    }

    @Override
    protected AutoCloseable start() {
        pipeline.start();
        return pipeline::stop;
    }
}
