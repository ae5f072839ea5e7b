package io.tributary.logindexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.FaultyGateway;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import io.tributary.schemas.sample.SampleData;
import io.tributary.servers.fixture.TestElasticsearch;
import io.tributary.servers.fixture.TestKafka;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OutageIT {
    @Test
    void nothingIsLostOrDoubledWhileElasticsearchIsAwayAndTheServiceRestarts() {
        try (TestElasticsearch elasticsearch = TestElasticsearch.start();
                Pipeline pipeline = new Pipeline("outage", elasticsearch)) {
            pipeline.start();
            send(pipeline, 0, 100);
            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(100);

            elasticsearch.kill();
            send(pipeline, 100, 300);
            await().atMost(Pipeline.LONG)
                    .until(() -> pipeline.bean(BulkWriter.class)
                            .circuit()
                            .interruption()
                            .isPresent());
            pipeline.stop();
            assertThat(pipeline.committed())
                    .as("nothing is committed that is not stored")
                    .isEqualTo(100);

            pipeline.start();
            send(pipeline, 300, 400);
            elasticsearch.restart();

            OutcomeCounts balance = pipeline.awaitBalance();
            assertThat(balance.of(Outcome.STORED) + balance.of(Outcome.DUPLICATE))
                    .isEqualTo(400);
            assertThat(pipeline.documents("logs-generic-outage")).isEqualTo(400);
            assertThat(pipeline.bean(BulkWriter.class).circuit().interruption()).isEmpty();
            assertThat(pipeline.deadLetters()).isEmpty();
        }
    }

    @Test
    void replayAcrossARolloverAddsNoDocument() {
        try (Pipeline pipeline = new Pipeline("rollover", TestElasticsearch.shared())) {
            pipeline.start();
            send(pipeline, 0, 120);
            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(120);
            pipeline.stop();

            pipeline.call("POST", "/logs-generic-rollover/_rollover", "");
            pipeline.rewind();
            pipeline.start();
            send(pipeline, 120, 150);
            await().atMost(Pipeline.LONG).until(() -> pipeline.count(Outcome.DUPLICATE) == 120);
            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(30);
            assertThat(pipeline.documents("logs-generic-rollover")).isEqualTo(150);
        }
    }

    @Test
    void anEventThatIsSentAgainAfterARolloverAddsNoDocument() {
        try (Pipeline pipeline = new Pipeline("resent", TestElasticsearch.shared())) {
            pipeline.start();
            LogRecord record = SampleData.log(1);
            record.setTenant("resent");
            byte[] id = EventId.of(record.getTimeUnixNano(), 42, 0);
            pipeline.sendEvent(1, record, id);
            pipeline.flush();
            assertThat(pipeline.count(Outcome.STORED)).isEqualTo(1);

            pipeline.call("POST", "/logs-generic-resent/_rollover", "");
            long later = System.currentTimeMillis() + Duration.ofMinutes(30).toMillis();
            pipeline.sendEvent(2, record, id, later);
            pipeline.flush();
            await().atMost(Pipeline.LONG).until(() -> pipeline.awaitBalance().total() == 2);
            assertThat(pipeline.count(Outcome.DUPLICATE)).isEqualTo(1);
            assertThat(pipeline.documents("logs-generic-resent")).isEqualTo(1);
        }
    }

    @Test
    void whatIsUnderWayWhenALeaderLacksTheEndOfTheLogIsStoredAndCounted() throws IOException {
        try (TestKafka kafka = TestKafka.start();
                FaultyGateway gateway =
                        new FaultyGateway(TestElasticsearch.shared().url());
                Pipeline pipeline = new Pipeline("leader", TestElasticsearch.shared(), kafka)) {
            gateway.always(FaultyGateway.status(503));
            pipeline.startAgainst(gateway.url());
            for (int number = 0; number < 30; number++) {
                send(pipeline, number, number + 1);
            }
            await().atMost(Pipeline.LONG)
                    .until(() -> pipeline.bean(BulkWriter.class).itemsInFlight() == 30);

            // Of each of the three partitions, ten were read.
            kafka.restartWithout(new TopicPartition(pipeline.logs.name(), 1), 6);
            send(pipeline, 100, 109);
            gateway.behave();

            OutcomeCounts balance = pipeline.awaitBalance();
            assertThat(balance.of(Outcome.STORED) + balance.of(Outcome.DUPLICATE))
                    .as("what the topic has")
                    .isEqualTo(30 - 4 + 9);
            assertThat(pipeline.documents("logs-generic-leader"))
                    .as("the lost records too, as they had been read")
                    .isEqualTo(30 + 9);
        }
    }

    private static void send(Pipeline pipeline, int from, int to) {
        String tenant = pipeline.logs.name().substring(0, pipeline.logs.name().indexOf('.'));
        for (int number = from; number < to; number++) {
            LogRecord record = SampleData.log(number);
            record.setTenant(tenant);
            pipeline.send(number, record);
        }
        pipeline.flush();
    }
}
