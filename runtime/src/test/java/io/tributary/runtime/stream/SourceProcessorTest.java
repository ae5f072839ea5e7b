package io.tributary.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.runtime.source.PassedOffsets;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A topic that is read from another offset than where reading ended: somebody sets a group's offsets back or ahead. */
class SourceProcessorTest {
    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://source-processor"));
    private final TopicPartition partition = new TopicPartition("t.spans", 0);
    private final PassedOffsets passed = new PassedOffsets();
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>(config(passed));
    private final BeforeCommit beforeCommit =
            BeforeCommit.builder("keeper-before-commit").build();
    private final SourceStage<TraceId, Span, byte[], byte[]> stage =
            new SourceStage<>("keeper", "keeper", "test", topics, topics.spans(), Counting::new, Set.of());
    private final SourceProcessor<TraceId, Span, byte[], byte[]> processor =
            new SourceProcessor<>(stage, new Counting());
    private final KeyValueStore<Integer, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("keeper-ledger"), Serdes.Integer(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    SourceProcessorTest() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.addStateStore(beforeCommit);
        context.setCurrentSystemTimeMs(0);
        processor.init(context);
    }

    @Test
    void countingBeginsAnewWhereReadingDoes() {
        read(0, 1, 2, 3);
        read(1, 2);
        publish();
        assertThat(entries())
                .extracting(LedgerEntry::getFrom, LedgerEntry::getTo)
                .containsExactly(tuple(0L, 4L), tuple(1L, 3L));
        assertThat(entries())
                .allSatisfy(entry ->
                        assertThat(entry.getCounts().getFirst().getCount()).isEqualTo(entry.getTo() - entry.getFrom()));
    }

    @Test
    void whatIsPassedOverWhileReadingHoldsNoRecord() {
        read(0, 1, 4);
        publish();
        assertThat(entries())
                .extracting(LedgerEntry::getFrom, LedgerEntry::getTo, LedgerEntry::getGaps)
                .containsExactly(tuple(0L, 5L, 2L));
    }

    @Test
    void whatExpiredBeforeItWasReadIsNoGap() {
        read(0);
        // The consumer had fetched three records more by then, and a marker behind them.
        passed.expired(partition, new PassedOffsets.Expired(5, 9));
        read(1, 2, 3);
        publish();
        read(10);
        publish();
        assertThat(entries())
                .extracting(LedgerEntry::getFrom, LedgerEntry::getTo, LedgerEntry::getGaps)
                .containsExactly(tuple(0L, 4L, 0L), tuple(0L, 11L, 2L));
        assertThat(entries().getLast().getCounts()).contains(new OutcomeCount("", "expired", 4L));
    }

    @Test
    void whatExpiredIsToldAlthoughNoRecordComes() {
        read(0, 1);
        passed.expired(partition, new PassedOffsets.Expired(2, 5));
        publish();
        assertThat(entries().getLast().getTo()).isEqualTo(5);
        assertThat(entries().getLast().getCounts()).contains(new OutcomeCount("", "expired", 3L));
    }

    @Test
    void whatExpiredBetweenTwoRunsIsNoGap() {
        read(0, 1);
        var again = resumed(new OffsetAndMetadata(3, "time"));
        passed.expired(partition, new PassedOffsets.Expired(3, 5));
        read(again, 5, 6);
        publish();
        assertThat(entries().getLast().getCounts()).contains(new OutcomeCount("", "expired", 2L));
        assertThat(entries().getLast().getFrom()).isZero();
        assertThat(entries().getLast().getGaps()).isEqualTo(1);
    }

    @Test
    void whatIsPassedOverWhereItsOwnCommitWasHoldsNoRecord() {
        read(0, 1);
        var again = resumed(new OffsetAndMetadata(3, "time"));
        read(again, 3, 4);
        publish();
        assertThat(entries())
                .extracting(LedgerEntry::getFrom, LedgerEntry::getTo, LedgerEntry::getGaps)
                .contains(tuple(0L, 5L, 1L));
    }

    @Test
    void whatIsPassedOverBetweenTwoRunsIsLeftToTheLedger() {
        read(0, 1);
        var again = resumed(new OffsetAndMetadata(5));
        passed.expired(partition, new PassedOffsets.Expired(3, 4));
        read(again, 5, 6);
        publish();
        assertThat(entries())
                .extracting(LedgerEntry::getFrom, LedgerEntry::getTo, LedgerEntry::getGaps)
                .contains(tuple(0L, 2L, 0L), tuple(5L, 7L, 0L));
    }

    @Test
    void whatIsNoTenantIsNotCountedByName() {
        Span span = SampleData.span(1, 2, -1, "cart", 0, 1);
        span.setTenant("x".repeat(40_000));
        read(processor, span, 0);
        beforeCommit.flushCache();
        new SourceProcessor<>(stage, new Counting()).init(context);
        publish();
        assertThat(entries().getLast().getCounts().getFirst().getTenant()).isEmpty();
    }

    @Test
    void aRangeOfManyTenantsIsClosedBeforeItsChangelogRefusesIt() {
        int tenants = 15_000;
        int most = 0;
        for (int number = 0; number < tenants; number++) {
            Span span = SampleData.span(1, number, -1, "cart", 0, 1);
            span.setTenant("tenant_".repeat(8) + number);
            read(processor, span, number);
            if (number % 5000 == 4999) {
                beforeCommit.flushCache();
                most = Math.max(most, store.get(0).length);
            }
        }
        publish();
        assertThat(most).as("what a topic takes by Kafka's default").isLessThan(1_000_000);
        Map<Long, LedgerEntry> ranges = new TreeMap<>();
        entries().forEach(entry -> ranges.put(entry.getFrom(), entry));
        long end = 0;
        for (LedgerEntry entry : ranges.values()) {
            assertThat(entry.getFrom()).isEqualTo(end);
            assertThat(entry.getCounts()).hasSize((int) (entry.getTo() - entry.getFrom()));
            assertThat(RangeCodec.encode(entry)).as("also without a commit").hasSizeLessThan(300_000);
            end = entry.getTo();
        }
        assertThat(end).isEqualTo(tenants);
        var again = new SourceProcessor<>(stage, new Counting());
        beforeCommit.flushCache();
        again.init(context);
        read(again, tenants);
        publish();
        assertThat(entries().getLast().getTo()).isEqualTo(tenants + 1);
    }

    @Test
    void aTimeBefore1970IsThatOfTheRecordsBefore() {
        assertThat(time(7, 3)).isEqualTo(7);
        assertThat(time(-1, 3)).isEqualTo(3);
        assertThat(time(-5_000, -1)).isZero();
    }

    private static long time(long own, long before) {
        return SourceStage.time(
                new ConsumerRecord<>(
                        "t.spans",
                        0,
                        0,
                        own,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        null,
                        null,
                        new RecordHeaders(),
                        Optional.empty()),
                before);
    }

    private SourceProcessor<TraceId, Span, byte[], byte[]> resumed(OffsetAndMetadata committed) {
        beforeCommit.flushCache();
        passed.committed(partition, committed);
        var again = new SourceProcessor<>(stage, new Counting());
        again.init(context);
        return again;
    }

    private void read(long... offsets) {
        read(processor, offsets);
    }

    private void read(SourceProcessor<TraceId, Span, byte[], byte[]> processor, long... offsets) {
        for (long offset : offsets) {
            read(processor, SampleData.span(1, offset, -1, "cart", 0, 1), offset);
        }
    }

    private static Properties config(PassedOffsets passed) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "keeper");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(PassedOffsets.CONFIG, passed);
        return config;
    }

    private void read(SourceProcessor<TraceId, Span, byte[], byte[]> processor, Span span, long offset) {
        context.setRecordMetadata("t.spans", 0, offset);
        processor.process(new Record<>(
                topics.spans().encodeKey(span.getTraceId()), topics.spans().encodeValue(span), 0));
    }

    private void publish() {
        context.scheduledPunctuators().stream()
                .filter(scheduled -> scheduled.getType() == PunctuationType.WALL_CLOCK_TIME
                        && scheduled.getInterval().equals(Duration.ofSeconds(1)))
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(1000));
    }

    private List<LedgerEntry> entries() {
        return context.forwarded("keeper-ledger").stream()
                .map(forwarded -> (LedgerEntry) forwarded.record().value())
                .toList();
    }

    private static final class Counting implements SourceStep<TraceId, Span, byte[], byte[]> {
        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {}

        @Override
        public Outcome process(Record<TraceId, Span> record) {
            return Outcome.FORWARDED;
        }
    }
}
