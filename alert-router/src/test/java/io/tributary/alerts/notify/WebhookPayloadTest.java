package io.tributary.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationReason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WebhookPayloadTest {
    private static final long DUE = TimeUnit.SECONDS.toNanos(1_700_000_000);

    @Test
    void isAlertmanagersVersion4() {
        String json = JsonMapper.shared().writeValueAsString(WebhookPayload.of(message(), "http://x:9093", 0, 0));
        assertThat(json).isEqualTo("""
                {"receiver":"hook","status":"firing","alerts":[\
                {"status":"firing","labels":{"alertname":"Down","host":"a"},"annotations":{"s":"t"},\
                "startsAt":"2023-11-14T22:13:10.5Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"01"},\
                {"status":"resolved","labels":{"alertname":"Down","host":"b"},"annotations":{"s":"t","u":"v"},\
                "startsAt":"2023-11-14T22:13:10.5Z","endsAt":"2023-11-14T22:13:19Z","generatorURL":"http://g","fingerprint":"02"}],\
                "groupLabels":{"alertname":"Down"},"commonLabels":{"alertname":"Down"},"commonAnnotations":{"s":"t"},\
                "externalURL":"http://x:9093","version":"4","groupKey":"{}:{alertname=\\"Down\\"}","truncatedAlerts":0}""");
    }

    @Test
    void leavesAlertsOutAndSaysHowMany() {
        WebhookPayload payload = WebhookPayload.of(message(), "", 1, 3);
        assertThat(payload.alerts()).hasSize(1);
        assertThat(payload.truncatedAlerts()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED", "202, DELIVERED", "204, DELIVERED", "301, REFUSED", "400, REFUSED", "404, REFUSED",
        "413, REFUSED", "429, RETRY", "500, RETRY", "502, RETRY", "503, RETRY", "504, RETRY"
    })
    void answersMeanWhatAlertmanagerTakesThemFor(int status, Answer answer) {
        assertThat(Answer.of(status)).isEqualTo(answer);
    }

    private static Notification message() {
        return Notification.newBuilder()
                .setGroupKey("{}:{alertname=\"Down\"}")
                .setReceiver("hook")
                .setIdempotencyKey("k-1")
                .setReason(NotificationReason.FIRST)
                .setDueAtUnixNano(DUE)
                .setGroupLabels(Map.of("alertname", "Down"))
                .setAlerts(List.of(
                        alert("a", "01", DUE + 1, Map.of("s", "t"), ""),
                        alert("b", "02", DUE - TimeUnit.SECONDS.toNanos(1), Map.of("s", "t", "u", "v"), "http://g")))
                .build();
    }

    private static Alert alert(String host, String fingerprint, long end, Map<String, String> annotations, String url) {
        return Alert.newBuilder()
                .setFingerprint(fingerprint)
                .setLabels(Map.of("alertname", "Down", "host", host))
                .setAnnotations(annotations)
                .setStartsAtUnixNano(DUE - TimeUnit.MILLISECONDS.toNanos(9_500))
                .setEndsAtUnixNano(end)
                .setUpdatedAtUnixNano(DUE - TimeUnit.SECONDS.toNanos(2))
                .setGeneratorUrl(url)
                .build();
    }
}
