package io.tributary.alerts.stream;

import io.tributary.alerts.grouping.AlertMerge;
import io.tributary.alerts.grouping.Lease;
import io.tributary.alerts.label.AlertKey;
import io.tributary.alerts.label.Fingerprint;
import io.tributary.alerts.routing.Routing;
import io.tributary.runtime.stream.SourceStep;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.Tenant;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Joins each alert with what is known of it, and sends it to its group. */
final class MergeStep implements SourceStep<String, Alert, NotificationKey, Alert> {
    /** The configuration has no receiver that could be told. */
    static final Outcome NO_RECEIVER = Outcome.dropped("no_receiver");

    /** It ended long ago: it was said to, or may well have been told, and been forgotten since. */
    static final Outcome ENDED = Outcome.dropped("ended");

    private static final Duration CLEAN_EVERY = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofMillis(500);
    /** How long a resolved alert is remembered, and shown by the API, after it ended and was last heard of. */
    private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(15);

    private final Routing routing;
    private final ToLongFunction<TopicPartition> ends;
    private final String topic;
    private ProcessorContext<NotificationKey, Alert> context;
    private Cancellable starting;
    private KeyValueStore<String, Alert> alerts;
    private KeyValueStore<String, Long> read;
    private TopicPartition source;
    private String partition;
    /**
     * Records from this offset on were never read before; null before the first record: what the stores hold is known
     * by then.
     */
    private Long unreadFrom;

    private long readUntil;

    MergeStep(AlertTopology.Plan plan, String topic) {
        this.routing = plan.routing();
        this.ends = plan.ends();
        this.topic = topic;
    }

    @Override
    public void init(ProcessorContext<NotificationKey, Alert> context) {
        this.context = context;
        alerts = context.getStateStore(AlertStores.ALERTS);
        read = context.getStateStore(AlertStores.READ);
        source = new TopicPartition(topic, context.taskId().partition());
        partition = Integer.toString(source.partition());
        unreadFrom = null;
        readUntil = 0;
        // Wall clock, because alerts end by it.
        context.schedule(CLEAN_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forgetEnded);
        starting = context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, this::routeAgain);
    }

    /**
     * Sends on what fires, by the routing that is now: it may be another one than before, whose groups are forgotten.
     * Groups that are there already learn nothing new.
     */
    private void routeAgain(long now) {
        starting.cancel();
        try (KeyValueIterator<String, Alert> all = alerts.all()) {
            while (all.hasNext()) {
                Alert alert = all.next().value;
                if (alert.getEndsAtUnixNano() > TimeUnit.MILLISECONDS.toNanos(now)) {
                    route(alert, now);
                }
            }
        }
    }

    @Override
    public Outcome process(Record<String, Alert> record) {
        boolean isUnread = read(context.recordMetadata().orElseThrow().offset());
        check(record.key(), record.value());
        Alert known = alerts.get(record.key());
        // Whoever said it while nobody was here to read was not heard; the lease runs from now on, as all do.
        boolean isUnheard = isUnread && Lease.isHeldBy(record.value());
        if (known == null && !isUnheard && isLongEnded(record.value(), context.currentSystemTimeMs())) {
            return ENDED;
        }
        Alert alert = AlertMerge.of(known, record.value());
        if (alert.equals(known)) {
            return Outcome.DUPLICATE;
        }
        alerts.put(record.key(), alert);
        return route(alert, record.timestamp()) ? Outcome.FORWARDED : NO_RECEIVER;
    }

    /** Sends the alert to its group; returns whether there is somebody to be told. */
    private boolean route(Alert alert, long time) {
        if (routing.webhook().isEmpty()) {
            return false;
        }
        NotificationKey group = routing.groupOf(alert.getTenant(), alert.getLabels());
        context.forward(new Record<>(group, alert, time), AlertTopology.GROUPED);
        return true;
    }

    /** Notes that a record was read, and returns whether it was never read before. */
    private boolean read(long offset) {
        if (unreadFrom == null) {
            Long saved = read.get(partition);
            // Without a state, all that is there may have been told, however often reading it is interrupted.
            unreadFrom = saved == null ? ends.applyAsLong(source) : saved;
            readUntil = unreadFrom;
        }
        readUntil = Math.max(readUntil, offset + 1);
        return offset >= unreadFrom;
    }

    @Override
    public void beforeCommit() {
        Long saved = read.get(partition);
        if (readUntil > (saved == null ? 0 : saved)) {
            read.put(partition, readUntil);
        }
    }

    private static void check(String key, Alert alert) {
        if (!Tenant.isValid(alert.getTenant())) {
            throw new RejectedException(Reason.INVALID_RECORD, "tenant: not well formed");
        }
        if (alert.getLabels().isEmpty()) {
            throw new RejectedException(Reason.INVALID_RECORD, "labels: none (expected: at least one)");
        }
        String fingerprint = Fingerprint.of(alert.getLabels());
        String expected = AlertKey.of(alert.getTenant(), fingerprint);
        if (!expected.equals(key) || !fingerprint.equals(alert.getFingerprint())) {
            throw new RejectedException(Reason.INVALID_KEY, "key: " + key + " (expected: " + expected + ")");
        }
    }

    private void forgetEnded(long now) {
        try (KeyValueIterator<String, Alert> all = alerts.all()) {
            while (all.hasNext()) {
                KeyValue<String, Alert> each = all.next();
                if (isLongOver(each.value, now)) {
                    alerts.delete(each.key);
                }
            }
        }
    }

    private static boolean isLongOver(Alert alert, long now) {
        return Math.max(alert.getEndsAtUnixNano(), alert.getUpdatedAtUnixNano()) < rememberedSince(now);
    }

    /** Whether it ended, and was said so long ago that a later word of it may have been forgotten. */
    private static boolean isLongEnded(Alert alert, long now) {
        return alert.getEndsAtUnixNano() <= TimeUnit.MILLISECONDS.toNanos(now)
                && alert.getUpdatedAtUnixNano() < rememberedSince(now);
    }

    private static long rememberedSince(long now) {
        return TimeUnit.MILLISECONDS.toNanos(now) - KEEP_NANOS;
    }
}
