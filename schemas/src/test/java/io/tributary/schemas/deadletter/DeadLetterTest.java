package io.tributary.schemas.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private final ConsumerRecord<byte[], byte[]> poison =
            new ConsumerRecord<>("tributary.logs", 2, 77, new byte[] {1, 2}, new byte[] {3, 4, 5});

    @Test
    void keepsTheBytesAndTellsTheCauseInHeaders() {
        RejectedException cause = new RejectedException(Reason.NOT_AVRO, "first byte: 3 (expected: magic byte 0)");
        ProducerRecord<byte[], byte[]> record =
                DeadLetter.of(poison, cause, "log-indexer").toRecord();
        assertThat(record.topic()).isEqualTo("tributary.logs.dlq");
        assertThat(record.key()).containsExactly(1, 2);
        assertThat(record.value()).containsExactly(3, 4, 5);

        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        assertThat(DeadLetter.read(read)).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.NOT_AVRO);
            assertThat(letter.message()).isEqualTo("first byte: 3 (expected: magic byte 0)");
            assertThat(letter.stage()).isEqualTo("log-indexer");
            assertThat(letter.topic()).isEqualTo("tributary.logs");
            assertThat(letter.partition()).isEqualTo(2);
            assertThat(letter.offset()).isEqualTo(77);
            assertThat(letter.value()).containsExactly(3, 4, 5);
        });
    }

    @Test
    void aLongMessageIsCut() {
        RejectedException cause = new RejectedException(Reason.MAPPING, "x".repeat(100_000));
        ProducerRecord<byte[], byte[]> record =
                DeadLetter.of(poison, cause, "log-indexer").toRecord();
        assertThat(record.headers().lastHeader(DeadLetter.MESSAGE).value()).hasSize(4096);
    }

    @Test
    void aRecordWithoutTheHeadersIsNoDeadLetter() {
        assertThat(DeadLetter.read(poison)).isEmpty();
    }
}
