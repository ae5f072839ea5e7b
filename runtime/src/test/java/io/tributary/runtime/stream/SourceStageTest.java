package io.tributary.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceStageTest {
    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://source-stage"));
    private final TopologyTestDriver driver = new TopologyTestDriver(topology(), new Properties());
    private final TestInputTopic<byte[], byte[]> spans =
            driver.createInputTopic(topics.spans().name(), new ByteArraySerializer(), new ByteArraySerializer());
    private final TestOutputTopic<byte[], byte[]> out =
            driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    private final TestOutputTopic<byte[], byte[]> deadLetters = driver.createOutputTopic(
            topics.spans().deadLetterName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    private final TestOutputTopic<String, LedgerEntry> ledger = driver.createOutputTopic(
            topics.ledger().name(),
            new StringDeserializer(),
            topics.ledger().value().deserializer());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void everyRecordHasOneOutcomeInTheLedger() {
        send(SampleData.span(1, 1, -1, "cart", 0, 1));
        send(SampleData.span(1, 2, 1, "cart", 0, 1));
        send(named("twice"));
        send(named("refuse"));
        spans.pipeInput(new byte[16], "no avro".getBytes(StandardCharsets.UTF_8));
        spans.pipeInput(new byte[16], (byte[]) null);
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(out.readValuesToList()).hasSize(2);
        LedgerEntry entry = ledger.readValue();
        assertThat(entry.getStage()).isEqualTo("keeper");
        assertThat(entry.getSignal()).isEqualTo("traces");
        assertThat(entry.getFrom()).isZero();
        assertThat(entry.getTo()).isEqualTo(6);
        assertThat(entry.getCounts())
                .containsExactlyInAnyOrder(
                        new OutcomeCount("default", "forwarded", 2L),
                        new OutcomeCount("default", "duplicate", 1L),
                        new OutcomeCount("default", "dead_lettered", 1L),
                        new OutcomeCount("", "dead_lettered", 2L));
    }

    @Test
    void deadLettersKeepBytesAndCoordinates() {
        send(SampleData.span(1, 1, -1, "cart", 0, 1));
        byte[] poison = "no avro".getBytes(StandardCharsets.UTF_8);
        spans.pipeInput(new byte[] {7}, poison);
        send(SampleData.span(1, 2, 1, "cart", 0, 1));

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).containsExactly(7);
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(header(letter, DeadLetter.REASON)).isEqualTo(Reason.NOT_AVRO.label());
        assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("keeper");
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("t.spans");
        assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("1");
        assertThat(out.readValuesToList()).hasSize(2);
    }

    @Test
    void anEntryGrowsUnderOneKeyAndIsNotRepeatedWhenNothingCame() {
        send(SampleData.span(1, 1, -1, "cart", 0, 1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        send(SampleData.span(1, 2, 1, "cart", 0, 1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        List<TestRecord<String, LedgerEntry>> entries = ledger.readRecordsToList();
        assertThat(entries)
                .extracting(TestRecord::key)
                .containsExactly("keeper/test/t.spans/0/0", "keeper/test/t.spans/0/0");
        assertThat(entries).extracting(entry -> entry.value().getTo()).containsExactly(1L, 2L);
    }

    @Test
    void aRetryableFailureIsNeitherDeadLetteredNorCounted() {
        assertThatThrownBy(() -> send(named("retry"))).hasRootCauseInstanceOf(RetryableException.class);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    private Topology topology() {
        return new SourceStage<>("keeper", "keeper", "test", topics, topics.spans(), KeepingStep::new, Set.of())
                .addTo(new Topology())
                .addSink("out", "out", new ByteArraySerializer(), new ByteArraySerializer(), "keeper");
    }

    private void send(Span span) {
        spans.pipeInput(
                topics.spans().encodeKey(span.getTraceId()), topics.spans().encodeValue(span));
    }

    private static Span named(String name) {
        Span span = SampleData.span(2, 1, -1, "cart", 0, 1);
        span.setName(name);
        return span;
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Forwards the span's id, or does what its name says. */
    private static final class KeepingStep implements SourceStep<TraceId, Span, byte[], byte[]> {
        private ProcessorContext<byte[], byte[]> context;

        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            this.context = context;
        }

        @Override
        public Outcome process(Record<TraceId, Span> record) {
            return switch (record.value().getName()) {
                case "twice" -> Outcome.DUPLICATE;
                case "refuse" -> throw new RejectedException(Reason.INVALID_RECORD, "name: refuse (expected: another)");
                case "retry" -> throw new RetryableException("the other side is away");
                default -> forward(record);
            };
        }

        private Outcome forward(Record<TraceId, Span> record) {
            byte[] id = record.value().getSpanId().bytes();
            context.forward(record.withKey(id).withValue(id), "out");
            return Outcome.FORWARDED;
        }
    }
}
