package io.tributary.alerts.config;

import io.tributary.schemas.failure.RetryableException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka for the offset behind the last record of a partition. */
final class TopicEnds implements ToLongFunction<TopicPartition> {
    private static final int PATIENCE_SECONDS = 30;

    private final Admin admin;

    TopicEnds(Admin admin) {
        this.admin = admin;
    }

    @Override
    public long applyAsLong(TopicPartition partition) {
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("end of " + partition + ": interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new RetryableException("end of " + partition + ": " + e.getMessage(), e);
        }
    }
}
