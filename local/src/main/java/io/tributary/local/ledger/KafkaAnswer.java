package io.tributary.local.ledger;

import io.tributary.schemas.failure.RetryableException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** What Kafka answers to a question about itself. */
final class KafkaAnswer {

    private KafkaAnswer() {}

    /**
     * Awaits the answer.
     *
     * @param subject what was asked for, as a message names it
     * @throws TimeoutException if there was none in time
     * @throws RetryableException if Kafka does not say
     */
    static <T> T of(String subject, KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                throw timeout;
            }
            throw new RetryableException(
                    "kafka: cannot read " + subject + ": " + e.getCause().getMessage(), e.getCause());
        }
    }
}
