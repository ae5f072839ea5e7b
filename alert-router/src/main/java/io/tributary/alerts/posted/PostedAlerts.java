package io.tributary.alerts.posted;

import io.tributary.alerts.label.Fingerprint;
import io.tributary.schemas.avro.Alert;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts as clients post them. Alertmanager: api/v2/openapi.yaml, "postableAlerts", and api/v2, "postAlertsHandler".
 *
 * @param alerts those that are well formed
 * @param problems what is wrong with the others, a line each
 */
public record PostedAlerts(List<Alert> alerts, List<String> problems) {
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    /** Bounds what a body becomes in memory, which for many small things is thirty times its own size. */
    private static final int MAX_TOKENS = 50_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build();

    /**
     * The alerts in this body. An alert that does not tell when it starts starts now; one that does not tell when it
     * ends ends after the timeout, unless it is sent again. A body of more than 50,000 JSON tokens, which are more than
     * a thousand alerts as Prometheus sends them, is taken for none.
     *
     * @throws IllegalArgumentException with the reason if the body is no list of alerts
     */
    public static PostedAlerts read(byte[] body, String tenant, Instant now, Duration resolveTimeout) {
        JsonNode list;
        try {
            list = JSON.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException("body: too much: " + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("body: no valid JSON: " + e.getOriginalMessage(), e);
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("body: not a list (expected: a list of alerts)");
        }
        PostedAlerts posted = new PostedAlerts(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < list.size(); i++) {
            try {
                posted.alerts.add(alert(list.get(i), tenant, now, resolveTimeout));
            } catch (IllegalArgumentException e) {
                posted.problems.add("alerts[" + i + "]" + name(list.get(i)) + ": " + e.getMessage());
            }
        }
        return posted;
    }

    private static String name(JsonNode alert) {
        String name = alert.path("labels").path("alertname").asString("");
        return name.isEmpty() ? "" : " " + name;
    }

    private static Alert alert(JsonNode posted, String tenant, Instant now, Duration resolveTimeout) {
        Map<String, String> labels = texts(posted, "labels");
        labels.values().removeIf(String::isEmpty);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("at least one label pair required");
        }
        Map<String, String> annotations = texts(posted, "annotations");
        Instant startsAt = time(posted, "startsAt");
        Instant endsAt = time(posted, "endsAt");
        if (startsAt == null) {
            startsAt = endsAt == null ? now : endsAt;
        }
        boolean timeout = endsAt == null;
        if (timeout) {
            endsAt = now.plus(resolveTimeout);
        }
        if (endsAt.isBefore(startsAt)) {
            throw new IllegalArgumentException("start time must be before end time");
        }
        return Alert.newBuilder()
                .setTenant(tenant)
                .setFingerprint(Fingerprint.of(labels))
                .setLabels(labels)
                .setAnnotations(annotations)
                .setStartsAtUnixNano(nanos(startsAt))
                .setEndsAtUnixNano(nanos(endsAt))
                .setUpdatedAtUnixNano(nanos(now))
                .setTimeout(timeout)
                .setGeneratorUrl(posted.path("generatorURL").asString(""))
                .build();
    }

    private static Map<String, String> texts(JsonNode posted, String field) {
        JsonNode node = posted.path(field);
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            throw new IllegalArgumentException(field + ": not a map of texts");
        }
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> text : node.properties()) {
            if (!text.getValue().isString()) {
                throw new IllegalArgumentException(field + "." + text.getKey() + ": not a text");
            }
            if (!LABEL_NAME.matcher(text.getKey()).matches()) {
                throw new IllegalArgumentException(field + ": invalid name \"" + text.getKey() + "\"");
            }
            texts.put(text.getKey(), text.getValue().asString());
        }
        return texts;
    }

    /** Null when the field is absent or holds Go's time that is none. */
    private static Instant time(JsonNode posted, String field) {
        String text = posted.path(field).asString("");
        if (text.isEmpty() || text.startsWith("0001-01-01T00:00:00")) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            nanos(time);
            return time;
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    field + ": " + text + " (expected: RFC 3339, such as 2026-01-02T03:04:05Z)", e);
        }
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)), time.getNano());
    }
}
