package io.tributary.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://pipeline"));
    private final TopicPartition one = new TopicPartition(topics.metrics().name(), 1);
    private final TopicPartition two = new TopicPartition(topics.metrics().name(), 2);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FakeStore store = new FakeStore();
    private long held;
    private final Pipeline<Double> pipeline = new Pipeline<>(
            RecordDecoder.metrics(topics),
            store,
            new Journal(producer, topics.ledger(), "connect-x"),
            (partition, first) -> first - 2,
            asked -> asked.stream().collect(Collectors.toMap(Function.identity(), _ -> held)),
            "x/1",
            3);

    @Test
    void recordsAreWrittenInOrderInBatchesAndCommittedWithTheirLedger() {
        pipeline.accept(List.of(record(one, 10, 1), record(two, 5, 2), record(one, 12, 3), record(one, 13, 4)));
        pipeline.flush();

        assertThat(store.batches).containsExactly(List.of(1.0, 2.0, 3.0), List.of(4.0));
        assertThat(pipeline.commit(Set.of(one, two)))
                .isEqualTo(Map.of(one, new OffsetAndMetadata(14), two, new OffsetAndMetadata(6)));
        assertThat(entries())
                .extracting(entry -> entry.getPartition() + ":" + entry.getFrom() + "-" + entry.getTo() + " gaps "
                        + entry.getGaps() + " " + entry.getCounts().getFirst().getCount())
                .containsExactlyInAnyOrder("1:8-14 gaps 3 3", "2:3-6 gaps 2 1");

        pipeline.accept(List.of(record(one, 14, 5)));
        pipeline.flush();
        assertThat(pipeline.commit(Set.of(one))).isEqualTo(Map.of(one, new OffsetAndMetadata(15)));
        assertThat(entries()).hasSize(3);
        assertThat(entries().getLast().getFrom()).isEqualTo(14);
    }

    @Test
    void offsetsAreToldUntilThePartitionIsLostAndTheirEntriesArePublishedOnce() {
        pipeline.accept(List.of(record(one, 10, 1), record(two, 5, 2)));
        pipeline.flush();
        var offsets = Map.of(one, new OffsetAndMetadata(11), two, new OffsetAndMetadata(6));
        assertThat(pipeline.commit(Set.of(one, two))).isEqualTo(offsets);
        assertThat(pipeline.commit(Set.of(one, two)))
                .as("their commit may have been refused")
                .isEqualTo(offsets);
        assertThat(entries()).hasSize(2);

        pipeline.forget(Set.of(one));
        assertThat(pipeline.commit(Set.of(one, two))).isEqualTo(Map.of(two, new OffsetAndMetadata(6)));
        assertThat(entries()).hasSize(2);
    }

    @Test
    void whatTheLedgerDidNotTakeIsPublishedByTheNextCommitThoughNothingIsRead() {
        pipeline.accept(List.of(record(one, 10, 1)));
        pipeline.flush();
        producer.sendException = new org.apache.kafka.common.errors.TimeoutException("away");
        assertThatThrownBy(() -> pipeline.commit(Set.of(one))).isInstanceOf(RetryableException.class);
        assertThat(entries()).isEmpty();

        producer.sendException = null;
        assertThat(pipeline.commit(Set.of(one))).isEqualTo(Map.of(one, new OffsetAndMetadata(11)));
        assertThat(entries()).extracting(LedgerEntry::getTo).containsExactly(11L);
    }

    @Test
    void whatTheTopicNoLongerHoldsWasNoGap() {
        held = 7;
        pipeline.accept(List.of(record(one, 10, 1), record(two, 5, 2), record(two, 9, 3)));
        pipeline.flush();
        pipeline.commit(Set.of(one, two));
        assertThat(entries())
                .extracting(entry -> entry.getPartition() + ":" + entry.getFrom() + "-" + entry.getTo() + " gaps "
                        + entry.getGaps() + " "
                        + new TreeSet<>(entry.getCounts().stream()
                                .map(count -> count.getOutcome() + ' ' + count.getCount())
                                .toList()))
                .containsExactlyInAnyOrder("1:8-11 gaps 2 [stored 1]", "2:3-10 gaps 1 [expired 4, stored 2]");
    }

    @Test
    void aCommitCoversAllThatIsSettledHoweverManyEntriesTheTenantsTake() {
        int tenants = 15_000;
        held = 8;
        for (int number = 0; number < tenants; number++) {
            MetricPoint point = SampleData.gauge("m", Map.of(), 0.0, 1.0);
            point.setTenant("tenant_".repeat(8) + number);
            SeriesId key = SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
            pipeline.accept(List.of(
                    record(one, 10 + number, key.toBytes(), topics.metrics().encodeValue(point))));
        }
        pipeline.accept(List.of(record(two, 0, 1)));
        pipeline.flush();
        assertThat(pipeline.isCommitDue()).isTrue();
        assertThat(pipeline.waitingBytes()).as("what is not told yet").isPositive();

        // A task that stops is asked only once.
        assertThat(pipeline.commit(Set.of(one))).isEqualTo(Map.of(one, new OffsetAndMetadata(10 + tenants)));
        List<LedgerEntry> entries = entries();
        assertThat(entries).hasSizeGreaterThan(3);
        long end = 8;
        for (LedgerEntry entry : entries) {
            assertThat(topics.ledger().encodeValue(entry)).hasSizeLessThan(300_000);
            assertThat(entry.getFrom()).isEqualTo(end);
            end = entry.getTo();
            assertThat(entry.getGaps() + entry.getCounts().size()).isEqualTo(end - entry.getFrom());
        }
        assertThat(end).isEqualTo(10 + tenants);
        assertThat(pipeline.isCommitDue()).isFalse();
        assertThat(pipeline.waitingBytes()).isZero();

        pipeline.accept(List.of(record(one, end, 1)));
        pipeline.flush();
        pipeline.commit(Set.of(one));
        assertThat(entries()).hasSize(entries.size() + 1);
        assertThat(entries().getLast().getFrom()).isEqualTo(end);
    }

    @Test
    void whatTheStoreDidNotTakeWaitsAndIsNotCommitted() {
        pipeline.accept(List.of(record(one, 0, 1), record(one, 1, 2), record(one, 2, 3), record(one, 3, 4)));
        store.away = batch -> batch.contains(4.0);
        assertThatThrownBy(pipeline::flush).isInstanceOf(RetryableException.class);
        assertThat(pipeline.commit(Set.of(one))).isEqualTo(Map.of(one, new OffsetAndMetadata(3)));
        assertThat(pipeline.isIdle()).isFalse();

        store.away = batch -> false;
        pipeline.flush();
        assertThat(pipeline.isIdle()).isTrue();
        assertThat(pipeline.commit(Set.of(one))).isEqualTo(Map.of(one, new OffsetAndMetadata(4)));
        assertThat(store.batches).containsExactly(List.of(1.0, 2.0, 3.0), List.of(4.0));
    }

    @Test
    void whatTheStoreIsStillAtComesAgainAsItIsAndIsNoFailure() {
        pipeline.accept(List.of(record(one, 0, 1), record(one, 1, 2)));
        store.slow = true;
        pipeline.flush();
        assertThat(pipeline.isIdle()).isFalse();
        assertThat(pipeline.commit(Set.of(one))).isEmpty();
        pipeline.accept(List.of(record(one, 2, 3)));
        pipeline.flush();
        assertThat(store.batches).as("nothing overtakes it").containsExactly(List.of(1.0, 2.0), List.of(1.0, 2.0));

        pipeline.forget(Set.of(one));
        pipeline.accept(List.of(record(two, 0, 4)));
        store.slow = false;
        pipeline.flush();
        assertThat(store.batches.getLast())
                .as("nothing is awaited of a lost partition")
                .containsExactly(4.0);
        assertThat(pipeline.isIdle()).isTrue();
        assertThat(pipeline.commit(Set.of(two))).isEqualTo(Map.of(two, new OffsetAndMetadata(1)));
    }

    @Test
    void whatCanNeverBeStoredIsADeadLetterAndThePartitionGoesOn() {
        byte[] text = "not avro".getBytes(StandardCharsets.UTF_8);
        SinkRecord undecodable = record(one, 1, new byte[16], text);
        undecodable.headers().addBytes("own", new byte[] {0, -1, 7});
        undecodable.headers().addBytes(DeadLetter.REASON, text);
        SinkRecord wrongKey =
                record(one, 2, new byte[16], (byte[]) record(one, 2, 1).value());
        SinkRecord nothing = record(one, 3, new byte[16], null);
        pipeline.accept(List.of(undecodable, wrongKey, nothing, record(one, 4, FakeStore.REFUSED), record(one, 5, 6)));
        pipeline.flush();

        assertThat(store.batches).containsExactly(List.of(FakeStore.REFUSED, 6.0));
        List<ProducerRecord<byte[], byte[]>> letters = producer.history();
        assertThat(letters)
                .extracting(letter -> header(letter, DeadLetter.REASON) + '@' + header(letter, DeadLetter.OFFSET))
                .containsExactly("not_avro@1", "invalid_key@2", "null_value@3", "mapping@4");
        assertThat(letters.getFirst().topic()).isEqualTo(topics.metrics().deadLetterName());
        assertThat(letters.getFirst().value()).isEqualTo(text);
        assertThat(letters.getFirst().headers().headers("own"))
                .extracting(Header::value)
                .containsExactly(new byte[] {0, -1, 7});
        assertThat(letters.getFirst().headers().headers(DeadLetter.REASON)).hasSize(1);
        assertThat(pipeline.commit(Set.of(one))).isEqualTo(Map.of(one, new OffsetAndMetadata(6)));
    }

    @Test
    void nothingSettlesUntilItsDeadLetterIsAcknowledged() {
        MockProducer<byte[], byte[]> failing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        failing.sendException = new org.apache.kafka.common.errors.TimeoutException("away");
        Pipeline<Double> other = new Pipeline<>(
                RecordDecoder.metrics(topics),
                store,
                new Journal(failing, topics.ledger(), "connect-x"),
                (partition, first) -> first,
                asked -> Map.of(),
                "x/1",
                3);
        other.accept(List.of(record(one, 0, new byte[16], new byte[1])));
        assertThatThrownBy(other::flush).isInstanceOf(RetryableException.class);
        assertThat(other.isIdle()).isFalse();
    }

    @Test
    void whatIsNotSettledCountsWhereverItWaits() {
        byte[] text = new byte[1000];
        pipeline.accept(List.of(record(one, 0, new byte[16], text), record(one, 1, new byte[16], text)));
        long all = pipeline.waitingBytes();
        assertThat(all).isGreaterThan(2 * (1000 + 16));
        producer.sendException = new org.apache.kafka.common.errors.TimeoutException("away");
        assertThatThrownBy(pipeline::flush).isInstanceOf(RetryableException.class);
        assertThat(pipeline.waitingBytes()).as("read, and no dead letter yet").isEqualTo(all);

        pipeline.accept(List.of(record(two, 0, 1)));
        store.away = batch -> true;
        producer.sendException = null;
        assertThatThrownBy(pipeline::flush).isInstanceOf(RetryableException.class);
        assertThat(pipeline.waitingBytes()).as("mapped, and not stored").isGreaterThan(all);
        pipeline.forget(Set.of(one));
        assertThat(pipeline.waitingBytes()).isBetween(1L, all);
        store.away = batch -> false;
        pipeline.flush();
        assertThat(pipeline.waitingBytes()).isZero();
    }

    @Test
    void aLostPartitionIsForgotten() {
        pipeline.accept(List.of(record(one, 0, 1), record(two, 0, 2), record(one, 1, 3), record(two, 1, 4)));
        store.away = batch -> true;
        assertThatThrownBy(pipeline::flush).isInstanceOf(RetryableException.class);
        pipeline.forget(Set.of(one));
        store.away = batch -> false;
        pipeline.flush();
        assertThat(store.batches.stream().flatMap(List::stream)).containsExactly(2.0, 4.0);
        assertThat(pipeline.commit(Set.of(one, two))).isEqualTo(Map.of(two, new OffsetAndMetadata(2)));
        assertThat(pipeline.waitingBytes()).isZero();
    }

    @Test
    void aPartitionWhoseOffsetsTurnBackIsReadAgainFromWhatWasCommitted() {
        pipeline.accept(List.of(record(one, 10, 1), record(two, 10, 2)));
        pipeline.flush();
        pipeline.commit(Set.of(one, two));
        store.away = batch -> true;
        assertThat(pipeline.accept(List.of(record(one, 11, 3), record(one, 12, 4), record(two, 11, 5))))
                .isEmpty();
        assertThatThrownBy(pipeline::flush).isInstanceOf(RetryableException.class);
        assertThat(pipeline.accept(List.of(record(one, 12, 6), record(one, 13, 7), record(two, 12, 8))))
                .as("11 was not committed")
                .isEqualTo(Map.of(one, 11L));

        store.away = batch -> false;
        assertThat(pipeline.accept(List.of(record(one, 11, 3), record(one, 12, 6), record(one, 13, 7))))
                .isEmpty();
        pipeline.flush();
        assertThat(store.batches.stream().flatMap(List::stream))
                .containsExactlyInAnyOrder(1.0, 2.0, 5.0, 8.0, 3.0, 6.0, 7.0);
        assertThat(pipeline.commit(Set.of(one)).get(one).offset()).isEqualTo(14);
        assertThat(pipeline.accept(List.of(record(one, 0, 9)))).isEqualTo(Map.of(one, 0L));
    }

    @Test
    void whatTheStoreIsStillAtCountsThoughItWasForgotten() {
        pipeline.accept(List.of(record(one, 0, 1)));
        store.slow = true;
        pipeline.flush();
        store.bytesInFlight = 1000;
        pipeline.forget(Set.of(one));
        assertThat(pipeline.isIdle()).isTrue();
        assertThat(pipeline.waitingBytes()).as("the forgotten").isEqualTo(1000);

        pipeline.accept(List.of(record(two, 0, 2)));
        long read = pipeline.waitingBytes() - 1000;
        pipeline.flush();
        store.bytesInFlight = 1001;
        assertThat(pipeline.waitingBytes())
                .as("what is awaited is among what is under way")
                .isEqualTo(read + 1001);
        store.slow = false;
        store.bytesInFlight = 0;
        pipeline.flush();
        assertThat(pipeline.waitingBytes()).isZero();
    }

    private List<LedgerEntry> entries() {
        return producer.history().stream()
                .filter(record -> record.topic().equals(topics.ledger().name()))
                .map(record -> topics.ledger().decodeValue(record.value()))
                .toList();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private SinkRecord record(TopicPartition partition, long offset, double value) {
        MetricPoint point = SampleData.gauge("m" + partition.partition(), Map.of("a", "b"), (double) offset, value);
        SeriesId key = SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
        return record(partition, offset, key.toBytes(), topics.metrics().encodeValue(point));
    }

    private static SinkRecord record(TopicPartition partition, long offset, byte[] key, byte[] value) {
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                null,
                key,
                null,
                value,
                offset,
                17L,
                TimestampType.CREATE_TIME);
    }

    /** Keeps what it is given; refuses one value, and is away when told. */
    private static final class FakeStore implements Store<Double> {
        static final double REFUSED = 99;

        final List<List<Double>> batches = new ArrayList<>();
        java.util.function.Predicate<List<Double>> away = batch -> false;
        boolean slow;
        long bytesInFlight;

        @Override
        public Mapped<Double> map(Decoded decoded) {
            return new Mapped.Write<>((Double) ((MetricPoint) decoded.value()).getValue(), 1);
        }

        @Override
        public Optional<List<Fate>> write(List<Double> batch) {
            if (away.test(batch)) {
                throw new RetryableException("away");
            }
            batches.add(List.copyOf(batch));
            List<Fate> fates = batch.stream()
                    .map(value -> value == REFUSED
                            ? new Fate.Refused(new RejectedException(Reason.MAPPING, "no"))
                            : Fate.STORED)
                    .toList();
            return slow ? Optional.empty() : Optional.of(fates);
        }

        @Override
        public long bytesInFlight() {
            return bytesInFlight;
        }
    }
}
