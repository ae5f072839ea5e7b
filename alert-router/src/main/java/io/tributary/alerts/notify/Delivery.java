package io.tributary.alerts.notify;

import io.tributary.alerts.routing.Routing;
import io.tributary.delivery.deadletter.DeadLetterPublisher;
import io.tributary.delivery.offset.SettledOffsets;
import io.tributary.delivery.retry.Backoff;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.topic.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers one message after the other of one partition, each in a thread of its own, and settles its offset. */
final class Delivery {
    /** The configuration file no longer makes the message's group; another group tells of what fires. */
    static final Outcome FORGOTTEN = Outcome.dropped("forgotten");

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /**
     * What all partitions share.
     *
     * @param routing whose messages are delivered
     * @param webhook its receiver; empty if it tells nobody
     */
    record Means(
            Topic<NotificationKey, Notification> topic,
            Routing routing,
            Optional<Webhook> webhook,
            DeliveryLog log,
            DeadLetterPublisher deadLetters,
            Backoff backoff,
            DeliveryMeter meter) {}

    private final Means means;
    private final SettledOffsets offsets;
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final Phaser underWay = new Phaser(1);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Delivery(Means means, SettledOffsets offsets) {
        this.means = means;
        this.offsets = offsets;
    }

    SettledOffsets offsets() {
        return offsets;
    }

    /** Ends all waiting for a further attempt; what was not delivered is left to the partition's next owner. */
    void abandon() {
        abandoned.countDown();
    }

    /** Notes that {@link #deliver} will be called. */
    void begin() {
        underWay.register();
    }

    /** Waits until no attempt is under way, but not for longer than this, and then ends those that still are. */
    void awaitQuiet(Duration atMost) {
        try {
            underWay.awaitAdvanceInterruptibly(
                    underWay.arriveAndDeregister(), atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("attempts are still under way after {}: {}", atMost, threads.size());
            threads.forEach(Thread::interrupt);
        }
    }

    /** Delivers the message in the record, however long it takes; returns unsettled only if abandoned. */
    void deliver(ConsumerRecord<byte[], byte[]> record) {
        threads.add(Thread.currentThread());
        try {
            if (record.value() == null) {
                throw new RejectedException(Reason.NULL_VALUE, "value: null (expected: a message)");
            }
            Notification message = decode(() -> means.topic().decodeValue(record.value()));
            NotificationKey group = decode(() -> key(record));
            deliver(record, message, group)
                    .ifPresent(outcome -> offsets.settle(record.offset(), message.getTenant(), outcome));
        } catch (RejectedException e) {
            reject(record, e, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(Thread.currentThread());
            underWay.arriveAndDeregister();
        }
    }

    private Optional<Outcome> deliver(
            ConsumerRecord<byte[], byte[]> record, Notification message, NotificationKey group)
            throws InterruptedException {
        Optional<Webhook> receiver = means.webhook().filter(_ -> isStillMade(group, message));
        Reply last = null;
        for (int failures = 1; !isAbandoned(); failures++) {
            if (last == null && means.log().covers(group, message)) {
                // Delivered before a start, or a later one was, for which this one was given up.
                return Optional.of(Outcome.DUPLICATE);
            }
            try {
                if (receiver.isEmpty()) {
                    return Optional.of(giveUp(record, message, group));
                }
                if (last == null) {
                    Reply reply = receiver.get().post(message, NotificationHeaders.truncated(record.headers()));
                    means.meter().answered(reply.answer().label());
                    if (reply.answer() == Answer.RETRY) {
                        LOG.warn("{}: {}, attempt {}", group.getReceiver(), reply, failures);
                    } else {
                        last = reply;
                    }
                }
                if (last != null) {
                    return conclude(record, message, group, last);
                }
            } catch (IOException e) {
                means.meter().answered("no_answer");
                LOG.warn("{} gave no answer, attempt {}: {}", group.getReceiver(), failures, e.toString());
            } catch (ExecutionException | KafkaException | RetryableException e) {
                // The receiver has it: only the log is tried again, never the request.
                LOG.warn("notification log not written, attempt {}: {}", failures, e.toString());
            }
            waitForNextAttempt(failures);
        }
        return Optional.empty();
    }

    /** Whether the group is one of the configuration file, which may be another one than when the message was made. */
    private boolean isStillMade(NotificationKey group, Notification message) {
        List<Alert> alerts = message.getAlerts();
        return !alerts.isEmpty()
                && alerts.stream().allMatch(alert -> means.routing().tells(group, alert.getLabels()));
    }

    /**
     * Alertmanager: dispatch, "Dispatcher.Stop", which ends what is on its way when the file is read again. The log
     * says so for an instance with another file, which still has the group and would wait for an answer: it will tell
     * anew.
     */
    private Outcome giveUp(ConsumerRecord<byte[], byte[]> record, Notification message, NotificationKey group)
            throws ExecutionException, InterruptedException {
        means.log().refused(group, message);
        LOG.warn(
                "message {}-{}@{} to {} is given up: its group is none of the configuration file",
                record.topic(),
                record.partition(),
                record.offset(),
                group.getReceiver());
        return FORGOTTEN;
    }

    private Optional<Outcome> conclude(
            ConsumerRecord<byte[], byte[]> record, Notification message, NotificationKey group, Reply reply)
            throws ExecutionException, InterruptedException {
        if (reply.answer() == Answer.DELIVERED) {
            means.log().delivered(group, message);
            return Optional.of(Outcome.FORWARDED);
        }
        means.log().refused(group, message);
        LOG.warn("{}: {}, which refuses the message", group.getReceiver(), reply);
        RejectedException cause = new RejectedException(Reason.STORE_REFUSED, group.getReceiver() + ": " + reply);
        reject(record, cause, message.getTenant());
        return Optional.empty();
    }

    private void reject(ConsumerRecord<byte[], byte[]> record, RejectedException cause, String tenant) {
        LOG.warn(
                "message {}-{}@{} is dead-lettered: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                cause.reason().label());
        var _ = means.deadLetters()
                .publish(DeadLetter.of(record, cause, Notifier.STAGE))
                .thenRun(() -> offsets.settle(record.offset(), tenant, Outcome.DEAD_LETTERED));
    }

    private <T> T decode(Supplier<T> decoding) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return decoding.get();
            } catch (RetryableException e) {
                if (isAbandoned()) {
                    throw new InterruptedException(e.getMessage());
                }
                waitForNextAttempt(failures);
            }
        }
    }

    private NotificationKey key(ConsumerRecord<byte[], byte[]> record) {
        NotificationKey key = means.topic().decodeKey(record.key());
        if (key == null) {
            throw new RejectedException(Reason.INVALID_KEY, "key: null (expected: a group and a receiver)");
        }
        return key;
    }

    private boolean isAbandoned() {
        return abandoned.getCount() == 0;
    }

    private void waitForNextAttempt(int failures) throws InterruptedException {
        boolean ends = abandoned.await(means.backoff().after(failures).toMillis(), TimeUnit.MILLISECONDS);
        if (ends) {
            LOG.debug("deliveries of a partition end: it has another owner");
        }
    }
}
