package io.tributary.alerts.notify;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.Notification;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What is posted to a webhook. Alertmanager: configuration, "webhook_config", payload version 4.
 *
 * @param receiver the receiver's name
 * @param status {@code firing} while an alert of the group fires, else {@code resolved}
 * @param alerts the alerts
 * @param groupLabels the labels by which they are grouped
 * @param commonLabels the labels that all alerts share
 * @param commonAnnotations the annotations that all alerts share
 * @param externalURL where people find this service
 * @param version {@code 4}
 * @param groupKey the group
 * @param truncatedAlerts how many alerts are left out
 */
@JsonPropertyOrder({
    "receiver",
    "status",
    "alerts",
    "groupLabels",
    "commonLabels",
    "commonAnnotations",
    "externalURL",
    "version",
    "groupKey",
    "truncatedAlerts"
})
record WebhookPayload(
        String receiver,
        String status,
        List<Told> alerts,
        Map<String, String> groupLabels,
        Map<String, String> commonLabels,
        Map<String, String> commonAnnotations,
        String externalURL,
        String version,
        String groupKey,
        int truncatedAlerts) {

    private static final String VERSION = "4";
    private static final String FIRING = "firing";
    private static final String RESOLVED = "resolved";
    /** How Go writes the time that is none. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";
    /** RFC 3339 with as many digits as it takes, which is how Go writes times. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(-1).toFormatter();

    /**
     * An alert of the payload.
     *
     * @param status {@code firing} or {@code resolved}
     * @param labels its labels
     * @param annotations its annotations
     * @param startsAt when it began to fire, RFC 3339
     * @param endsAt when it ended; year 1 while it fires
     * @param generatorURL what raised it
     * @param fingerprint its labels' fingerprint
     */
    @JsonPropertyOrder({"status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"})
    record Told(
            String status,
            Map<String, String> labels,
            Map<String, String> annotations,
            String startsAt,
            String endsAt,
            String generatorURL,
            String fingerprint) {

        private static Told of(Alert alert, long dueAt) {
            boolean ended = alert.getEndsAtUnixNano() <= dueAt;
            return new Told(
                    ended ? RESOLVED : FIRING,
                    new TreeMap<>(alert.getLabels()),
                    new TreeMap<>(alert.getAnnotations()),
                    time(alert.getStartsAtUnixNano()),
                    ended ? time(alert.getEndsAtUnixNano()) : NO_TIME,
                    alert.getGeneratorUrl(),
                    alert.getFingerprint());
        }

        private static String time(long nanos) {
            long second = TimeUnit.SECONDS.toNanos(1);
            return TIME.format(Instant.ofEpochSecond(Math.floorDiv(nanos, second), Math.floorMod(nanos, second)));
        }
    }

    /**
     * The payload for a message.
     *
     * @param maxAlerts the most alerts to tell of; 0 for no limit
     * @param left how many alerts of the group the message leaves out itself
     */
    static WebhookPayload of(Notification message, String externalURL, int maxAlerts, int left) {
        List<Alert> all = message.getAlerts();
        List<Alert> shown = maxAlerts > 0 && all.size() > maxAlerts ? all.subList(0, maxAlerts) : all;
        List<Told> told = shown.stream()
                .map(alert -> Told.of(alert, message.getDueAtUnixNano()))
                .toList();
        boolean firing = told.stream().anyMatch(alert -> alert.status().equals(FIRING));
        return new WebhookPayload(
                message.getReceiver(),
                firing ? FIRING : RESOLVED,
                told,
                new TreeMap<>(message.getGroupLabels()),
                common(shown, Alert::getLabels),
                common(shown, Alert::getAnnotations),
                externalURL,
                VERSION,
                message.getGroupKey(),
                left + all.size() - shown.size());
    }

    private static Map<String, String> common(List<Alert> alerts, Function<Alert, Map<String, String>> texts) {
        if (alerts.isEmpty()) {
            return Map.of();
        }
        Map<String, String> common = new TreeMap<>(texts.apply(alerts.getFirst()));
        alerts.forEach(alert -> common.entrySet().retainAll(texts.apply(alert).entrySet()));
        return common;
    }
}
