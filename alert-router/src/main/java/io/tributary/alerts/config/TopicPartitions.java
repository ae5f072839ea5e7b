package io.tributary.alerts.config;

import io.tributary.alerts.stream.AlertTopology;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** Asks Kafka once how many partitions the topics have: an operator may have made them other than configured. */
final class TopicPartitions implements Supplier<AlertTopology.Partitions> {
    private static final int PATIENCE_SECONDS = 30;

    private final Admin admin;
    private final String metrics;
    private final String selected;
    private volatile AlertTopology.Partitions known;

    TopicPartitions(Admin admin, Topics topics) {
        this.admin = admin;
        this.metrics = topics.metrics().name();
        this.selected = AlertTopology.selected(topics).name();
    }

    @Override
    public AlertTopology.Partitions get() {
        if (known == null) {
            known = ask();
        }
        return known;
    }

    private AlertTopology.Partitions ask() {
        try {
            Map<String, TopicDescription> topics = admin.describeTopics(List.of(metrics, selected))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new AlertTopology.Partitions(
                    topics.get(metrics).partitions().size(),
                    topics.get(selected).partitions().size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("partitions of topics: interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new RetryableException("partitions of topics: " + e.getMessage(), e);
        }
    }
}
