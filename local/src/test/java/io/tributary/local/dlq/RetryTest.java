package io.tributary.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.dlq.Retry.Refusal;
import io.tributary.local.dlq.Retry.Result;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final String DLQ = "logs.dlq";

    private final List<Integer> batches = new ArrayList<>();
    private final Set<Long> tooLarge = new HashSet<>();

    @Test
    void lettersGoBackInBatches() {
        Retry retry = retry(Set.of());
        for (int offset = 0; offset < 1200; offset++) {
            retry.take(letter(offset, "logs", 0, offset, 10));
        }
        assertThat(retry.finish()).isEqualTo(new Result(DLQ, 1200, 0, List.of()));
        assertThat(batches).containsExactly(500, 500, 200);
    }

    @Test
    void largeLettersMakeSmallBatches() {
        Retry retry = retry(Set.of());
        for (int offset = 0; offset < 5; offset++) {
            retry.take(letter(offset, "logs", 0, offset, 5 << 20));
        }
        retry.finish();
        assertThat(batches).containsExactly(2, 2, 1);
    }

    @Test
    void recordThatTwoStagesGaveUpOnGoesBackOnce() {
        Retry retry = retry(Set.of());
        retry.take(letter(0, "logs", 3, 17, 10));
        retry.take(letter(1, "logs", 3, 17, 10));
        retry.take(letter(2, "logs", 1, 17, 10));
        assertThat(retry.finish()).isEqualTo(new Result(DLQ, 2, 1, List.of()));
    }

    @Test
    void recordThatWentBackBeforeStays() {
        Retry retry = retry(Set.of("logs-3@17", DLQ + "-0@9"));
        retry.take(letter(8, "logs", 3, 17, 10));
        retry.take(letter(9, "logs", -1, -1, 10));
        retry.take(letter(10, "logs", -1, -1, 10));
        assertThat(retry.finish()).isEqualTo(new Result(DLQ, 1, 2, List.of()));
    }

    @Test
    void refusedLetterKeepsNoOtherBack() {
        tooLarge.add(1L);
        Retry retry = retry(Set.of());
        for (int offset = 0; offset < 3; offset++) {
            retry.take(letter(offset, "logs", 0, offset, 10));
        }
        assertThat(retry.finish()).isEqualTo(new Result(DLQ, 2, 0, List.of(new Refusal(1, "too large"))));
    }

    @Test
    void letterThatDoesNotNameItsTopicCannotGoBack() {
        Retry retry = retry(Set.of());
        retry.take(new ConsumerRecord<>(DLQ, 0, 4, null, new byte[1]));
        retry.take(letter(5, "ledger", 0, 1, 10));
        Result result = retry.finish();
        assertThat(result.retried()).isZero();
        assertThat(result.refused()).extracting(Refusal::offset).containsExactly(4L, 5L);
    }

    private Retry retry(Set<String> gone) {
        return new Retry(DLQ, new HashSet<>(gone), letters -> {
            if (letters.stream().anyMatch(letter -> tooLarge.contains(letter.offset()))) {
                throw new RejectedException(Reason.TOO_LARGE, "too large");
            }
            batches.add(letters.size());
        });
    }

    private static ConsumerRecord<byte[], byte[]> letter(
            long offset, String topic, int partition, long original, int bytes) {
        var headers = new DeadLetter(
                        null, new byte[0], Reason.MAPPING, "", "stage", topic, partition, original, 0, List.of())
                .toRecord()
                .headers();
        return new ConsumerRecord<>(
                DLQ, 0, offset, 0, TimestampType.CREATE_TIME, 0, bytes, null, new byte[1], headers, Optional.empty());
    }
}
