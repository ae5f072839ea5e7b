package io.tributary.alerts.notify;

import io.tributary.alerts.grouping.GroupId;
import io.tributary.alerts.grouping.MessageKey;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.avro.NotificationLogEntry;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What each receiver was last told of each group, in the compacted notification log. Written at once after a delivery,
 * so that a message is sent twice only if the process dies between the receiver's answer and the log's acknowledgement;
 * then it carries the same idempotency key.
 */
final class DeliveryLog {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topic<NotificationKey, NotificationLogEntry> topic;
    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final Map<String, NotificationLogEntry> last = new ConcurrentHashMap<>();

    DeliveryLog(Topic<NotificationKey, NotificationLogEntry> topic, Producer<byte[], byte[]> producer, Clock clock) {
        this.topic = topic;
        this.producer = producer;
        this.clock = clock;
    }

    /** Reads the whole log through a consumer of its own, which knows nothing of groups or commits. */
    void load(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            consumer.poll(POLL).forEach(this::note);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> each) {
        try {
            NotificationLogEntry entry = topic.decodeValue(each.value());
            if (entry != null) {
                last.put(GroupId.of(topic.decodeKey(each.key())), entry);
            }
        } catch (RejectedException e) {
            // The stage that reads the log for the groups dead-letters it; here it says nothing of any message.
            return;
        }
    }

    /** Whether this message or a later one of its group was delivered. */
    boolean covers(NotificationKey group, Notification message) {
        NotificationLogEntry entry = last.get(GroupId.of(group));
        return entry != null && MessageKey.covers(entry.getIdempotencyKey(), message.getIdempotencyKey());
    }

    /** Notes that the message was delivered; returns once Kafka has acknowledged it. */
    void delivered(NotificationKey group, Notification message) throws ExecutionException, InterruptedException {
        Instant now = clock.instant();
        long dueAt = message.getDueAtUnixNano();
        NotificationLogEntry entry = NotificationLogEntry.newBuilder()
                .setTenant(group.getTenant())
                .setGroupKey(group.getGroupKey())
                .setReceiver(group.getReceiver())
                .setIdempotencyKey(message.getIdempotencyKey())
                .setSentAtUnixNano(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano())
                .setFiring(fingerprints(message, alert -> alert.getEndsAtUnixNano() > dueAt))
                .setResolved(fingerprints(message, alert -> alert.getEndsAtUnixNano() <= dueAt))
                .build();
        write(group, entry, new RecordHeaders());
    }

    /** Notes that the message will not be told, which leaves what the receiver was told before as it is. */
    void refused(NotificationKey group, Notification message) throws ExecutionException, InterruptedException {
        NotificationLogEntry before = last.getOrDefault(
                GroupId.of(group),
                NotificationLogEntry.newBuilder()
                        .setTenant(group.getTenant())
                        .setGroupKey(group.getGroupKey())
                        .setReceiver(group.getReceiver())
                        .setIdempotencyKey("")
                        .setSentAtUnixNano(0)
                        .build());
        write(group, before, NotificationHeaders.refusedMessage(message.getIdempotencyKey()));
    }

    private void write(NotificationKey group, NotificationLogEntry entry, Headers headers)
            throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(
                        topic.name(), null, topic.encodeKey(group), topic.encodeValue(entry), headers))
                .get();
        last.put(GroupId.of(group), entry);
    }

    private static List<String> fingerprints(Notification message, Predicate<Alert> which) {
        return message.getAlerts().stream()
                .filter(which)
                .map(Alert::getFingerprint)
                .sorted()
                .toList();
    }
}
