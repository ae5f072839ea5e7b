package io.tributary.alerts.posted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostedAlertsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @Test
    void fillsInTimesAsAlertmanagerDoes() {
        PostedAlerts posted = read("""
                [{"labels": {"a": "1", "empty": ""}, "annotations": {"s": "t"}, "generatorURL": "http://g"},
                 {"labels": {"a": "2"}, "endsAt": "2026-01-02T03:00:00+01:00"},
                 {"labels": {"a": "3"}, "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z"}]
                """);
        assertThat(posted.problems()).isEmpty();
        Alert first = posted.alerts().get(0);
        assertThat(first.getLabels()).isEqualTo(Map.of("a", "1"));
        assertThat(first.getTimeout()).isTrue();
        assertThat(seconds(first.getStartsAtUnixNano())).isZero();
        assertThat(seconds(first.getEndsAtUnixNano())).isEqualTo(300);
        Alert second = posted.alerts().get(1);
        assertThat(second.getStartsAtUnixNano()).isEqualTo(second.getEndsAtUnixNano());
        assertThat(second.getTimeout()).isFalse();
        Alert third = posted.alerts().get(2);
        assertThat(third.getTimeout()).isTrue();
        assertThat(seconds(third.getStartsAtUnixNano())).isNegative();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"labels": {}}                                        | at least one label pair required
            {}                                                    | at least one label pair required
            {"labels": {"a": ""}}                                 | at least one label pair required
            {"labels": {"a-b": "c"}}                              | labels: invalid name "a-b"
            {"labels": {"a": 1}}                                  | labels.a: not a text
            {"labels": []}                                        | labels: not a map of texts
            {"labels": {"a": "b"}, "annotations": {"1": "c"}}     | annotations: invalid name "1"
            {"labels": {"a": "b"}, "startsAt": "yesterday"}       | startsAt: yesterday (expected: RFC 3339
            {"labels": {"a": "b"}, "startsAt": "2026-01-02T00:00:01Z", "endsAt": "2026-01-02T00:00:00Z"} | start time must be before end time
            """)
    void refusesAMalformedAlertAndTakesTheOthers(String alert, String problem) {
        PostedAlerts posted = read("[{\"labels\": {\"alertname\": \"Good\"}}, " + alert + "]");
        assertThat(posted.alerts()).hasSize(1);
        assertThat(posted.problems())
                .singleElement()
                .asString()
                .startsWith("alerts[1]")
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource({"{}, not a list", "[{, no valid JSON", "'', not a list"})
    void refusesABodyThatIsNoList(String body, String reason) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesABodyThatWouldTakeMuchMemory() {
        String alert = "{\"labels\":{\"a\":\"b\",\"c\":\"d\"}}";
        assertThat(read("[" + (alert + ",").repeat(1_000) + alert + "]").alerts())
                .hasSize(1_001);
        assertThatThrownBy(() -> read("[" + (alert + ",").repeat(10_000) + alert + "]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("body: too much");
    }

    private static PostedAlerts read(String body) {
        return PostedAlerts.read(body.getBytes(StandardCharsets.UTF_8), "default", NOW, TIMEOUT);
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos) - NOW.getEpochSecond();
    }
}
