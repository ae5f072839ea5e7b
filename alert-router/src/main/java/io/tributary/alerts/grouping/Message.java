package io.tributary.alerts.grouping;

import io.tributary.alerts.label.LabelOrder;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.avro.NotificationReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The alerts that a message tells of, in Alertmanager's order, as many as fit into a record.
 *
 * @param alerts the alerts; one that fires ends after the message became due
 * @param left how many did not fit
 */
public record Message(List<Alert> alerts, int left) {
    /** Most bytes of all alerts of a message, well below what a topic takes. */
    static final int MAX_BYTES = 2 << 20;

    private static final int BYTES_PER_CHARACTER = 3;
    private static final Comparator<Alert> ORDER = Comparator.comparing(Alert::getLabels, new LabelOrder());

    /** A message of these alerts. */
    public static Message of(List<Alert> firing, List<Alert> resolved, Lease lease) {
        List<Alert> all = new ArrayList<>(resolved);
        for (Alert alert : firing) {
            Alert told = Alert.newBuilder(alert).build();
            // After our own absence a lease runs longer than the alert says.
            told.setEndsAtUnixNano(lease.end(alert));
            all.add(told);
        }
        all.sort(ORDER);
        int fitting = 0;
        for (long bytes = 0; fitting < all.size(); fitting++) {
            bytes += size(all.get(fitting));
            if (bytes > MAX_BYTES && fitting > 0) {
                break;
            }
        }
        return new Message(List.copyOf(all.subList(0, fitting)), all.size() - fitting);
    }

    private static long size(Alert alert) {
        return BYTES_PER_CHARACTER * (size(alert.getLabels()) + size(alert.getAnnotations()))
                + (long) BYTES_PER_CHARACTER * alert.getGeneratorUrl().length();
    }

    private static long size(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToLong(text -> text.getKey().length() + text.getValue().length() + 2L)
                .sum();
    }

    /** The record of it, for this group. */
    public Notification notification(
            NotificationKey group, Map<String, String> labels, NotificationReason reason, AlertGroup.Flush flush) {
        return Notification.newBuilder()
                .setTenant(group.getTenant())
                .setGroupKey(group.getGroupKey())
                .setReceiver(group.getReceiver())
                .setIdempotencyKey(flush.key())
                .setReason(reason)
                .setDueAtUnixNano(TimeUnit.MILLISECONDS.toNanos(flush.dueAt()))
                .setGroupLabels(labels)
                .setAlerts(alerts)
                .build();
    }
}
