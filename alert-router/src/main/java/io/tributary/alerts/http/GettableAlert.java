package io.tributary.alerts.http;

import io.tributary.schemas.avro.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An alert as the API shows it. Alertmanager: api/v2/openapi.yaml, "gettableAlert". */
record GettableAlert(
        Map<String, String> annotations,
        String endsAt,
        String fingerprint,
        List<Map<String, String>> receivers,
        String startsAt,
        Status status,
        String updatedAt,
        String generatorURL,
        Map<String, String> labels) {

    /** Whether something keeps the alert from its receivers. */
    record Status(List<String> inhibitedBy, List<String> silencedBy, String state) {
        static final Status ACTIVE = new Status(List.of(), List.of(), "active");
    }

    static GettableAlert of(Alert alert, String receiver) {
        return new GettableAlert(
                new TreeMap<>(alert.getAnnotations()),
                time(alert.getEndsAtUnixNano()),
                alert.getFingerprint(),
                List.of(Map.of("name", receiver)),
                time(alert.getStartsAtUnixNano()),
                Status.ACTIVE,
                time(alert.getUpdatedAtUnixNano()),
                alert.getGeneratorUrl(),
                new TreeMap<>(alert.getLabels()));
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
