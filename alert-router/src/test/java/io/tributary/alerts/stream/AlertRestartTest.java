package io.tributary.alerts.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.grouping.MessageKey;
import io.tributary.schemas.avro.Notification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router is killed, and starts again at once, much later, or by a clock that was set back. */
class AlertRestartTest {
    @AutoClose
    private final AlertDriver alerting;

    AlertRestartTest(@TempDir Path folder) throws IOException {
        alerting = new AlertDriver(folder, "groups: []");
    }

    @Test
    void whatIsBeingToldAsResolvedWhenTheRouterIsKilledDoesNotFireAgain() {
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.at(280);
        Notification resolved = alerting.notifications().getFirst();
        alerting.restart();
        alerting.delivered(resolved);
        alerting.at(1000);
        assertThat(alerting.messages()).isEmpty();
        assertThat(alerting.entries(AlertStores.GROUPS)).isZero();
    }

    @Test
    void whatFiresAgainWhileItsEndIsBeingToldIsToldAgain() {
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.at(280);
        Notification resolved = alerting.notifications().getFirst();
        alerting.restart();
        alerting.fires("a", 280, 280);
        alerting.delivered(resolved);
        alerting.at(400);
        assertThat(alerting.messages()).containsExactly("NEW_ALERTS firing a");
    }

    @Test
    void afterALongAbsenceWhatWasSaidMeanwhileIsReadBeforeAnybodyIsTold() {
        alerting.fires("a", 0, 0);
        alerting.fires("b", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a firing b");
        alerting.restart(7200);
        alerting.at(7205);
        alerting.fires("a", 0, 7100);
        alerting.ended("b", 0, 100);
        alerting.at(7300);
        assertThat(alerting.deliverAll()).isEqualTo("NEW_RESOLVED firing a resolved b");
    }

    @Test
    void aGroupThatWaitsForLongAfterAnAbsenceIsToldAlsoThoughTheRouterIsKilledAgainAndAgain() {
        alerting.fires("a", 0, 0);
        alerting.at(20);
        alerting.restart(7200);
        List<String> told = new ArrayList<>();
        for (int second = 7210; second <= 7250; second += 10) {
            alerting.at(second);
            told.addAll(alerting.messages());
            alerting.restart();
        }
        assertThat(told).containsExactly("FIRST firing a");
    }

    @Test
    void aShorterIntervalCountsFromTheStartOn() throws IOException {
        alerting.restart(route("10h"));
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart(route("2m"));
        alerting.ended("a", 0, 60);
        alerting.at(200);
        assertThat(alerting.messages()).containsExactly("ALL_RESOLVED resolved a");
    }

    @Test
    void aClockThatIsSetBackDelaysAndLosesNothing() {
        alerting.at(4000);
        alerting.fires("a", 4000, 4000);
        alerting.fires("b", 4000, 4000);
        alerting.at(4100);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a firing b");
        alerting.restart(100);
        alerting.fires("c", 100, 100);
        alerting.at(300);
        assertThat(alerting.messages()).containsExactly("NEW_ALERTS firing a firing b firing c");
    }

    @Test
    void aNewGroupIsToldAlsoAfterAClockThatIsSetBack() {
        alerting.at(4000);
        alerting.fires("a", 4000, 4000);
        alerting.at(4100);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.ended("a", 4000, 4100);
        alerting.at(4200);
        Notification last = alerting.notifications().getFirst();
        alerting.delivered(last);
        assertThat(alerting.entries(AlertStores.GROUPS)).isZero();
        alerting.restart(100);
        alerting.fires("c", 100, 100);
        alerting.at(200);
        assertThat(alerting.notifications())
                .singleElement()
                .satisfies(first -> assertThat(MessageKey.covers(last.getIdempotencyKey(), first.getIdempotencyKey()))
                        .as("the notifier passes it over, for a message that was told before")
                        .isFalse());
    }

    private static String route(String interval) {
        return """
                route: {receiver: hook, group_by: [alertname], group_wait: 30s, group_interval: %s}
                receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:1/hook"}]}]
                """.formatted(interval);
    }
}
