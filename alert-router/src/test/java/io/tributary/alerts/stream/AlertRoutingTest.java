package io.tributary.alerts.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.notify.NotificationHeaders;
import io.tributary.schemas.avro.Notification;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file is another one after a start. */
class AlertRoutingTest {
    private static final String BY_HOST = """
            route: {receiver: hook, group_by: [host], group_wait: 30s, group_interval: 2m}
            receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:1/hook"}]}]
            """;

    @AutoClose
    private final AlertDriver alerting;

    AlertRoutingTest(@TempDir Path folder) throws IOException {
        alerting = new AlertDriver(folder, "groups: []");
    }

    @Test
    void whatFiresIsToldByTheRouteThatIsThereNow() throws IOException {
        alerting.fires("a", 0, 0);
        alerting.ended("b", 0, 10);
        alerting.at(40);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a resolved b");
        alerting.restart(BY_HOST);
        alerting.at(80);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart();
        alerting.at(240);
        assertThat(alerting.messages()).as("by the same route").isEmpty();
        alerting.at(600);
        assertThat(alerting.deliverAll()).isEqualTo("ALL_RESOLVED resolved a");
    }

    @Test
    void whatWasOnItsWayIsToldByTheRouteThatIsThereNow() throws IOException {
        alerting.fires("a", 0, 0);
        alerting.at(40);
        Notification onItsWay = alerting.notifications().getFirst();
        alerting.restart(BY_HOST);
        alerting.answer(onItsWay, "", NotificationHeaders.refusedMessage(onItsWay.getIdempotencyKey()));
        alerting.at(80);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.at(600);
        assertThat(alerting.deliverAll()).as("once").isEqualTo("ALL_RESOLVED resolved a");
    }

    @Test
    void whatFiresIsToldOnceThereIsSomebodyToTell() throws IOException {
        alerting.restart("""
                route: {receiver: nobody}
                receivers: [{name: nobody}]
                """);
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.messages()).isEmpty();
        alerting.restart("""
                route: {receiver: hook, group_by: [alertname], group_wait: 30s, group_interval: 2m}
                receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:1/hook"}]}]
                """);
        alerting.at(100);
        assertThat(alerting.messages()).containsExactly("FIRST firing a");
    }

    @Test
    void aRouteThatNeverToldOfAnAlertTellsNothingOnceItsLeaseRanOut() throws IOException {
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart(3000, BY_HOST);
        alerting.at(3500);
        assertThat(alerting.messages()).isEmpty();
        alerting.fires("a", 0, 3500);
        alerting.at(3540);
        assertThat(alerting.deliverAll()).as("it is said again").isEqualTo("FIRST firing a");
    }

    @Test
    void theRouteThatToldOfAnAlertTellsOnceThatItsLeaseRanOut() throws IOException {
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart(3000);
        alerting.at(3200);
        assertThat(alerting.messages()).isEmpty();
        alerting.at(3500);
        assertThat(alerting.deliverAll()).isEqualTo("ALL_RESOLVED resolved a");
        alerting.restart(BY_HOST);
        alerting.at(4500);
        assertThat(alerting.messages()).isEmpty();
    }

    @Test
    void whatWasNotToldYetIsToldToNobodyIfItsLeaseAndItsRouteEndInOneAbsence() throws IOException {
        alerting.fires("a", 0, 0);
        alerting.at(20);
        alerting.restart(3000, BY_HOST);
        alerting.at(3500);
        assertThat(alerting.messages()).isEmpty();
        alerting.fires("a", 0, 3500);
        alerting.at(3540);
        assertThat(alerting.messages()).as("it is said again").containsExactly("FIRST firing a");
    }

    @Test
    void whatWasPostedInAnAbsenceIsToldByTheRouteThatIsThereWhenItIsRead() throws IOException {
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart(3000, BY_HOST);
        // The offsets begin anew with each start, so the topic is set back to its start here.
        alerting.fires("a", 0, 0);
        alerting.fires("b", 70, 70);
        alerting.at(3060);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing b");
        alerting.at(3400);
        assertThat(alerting.deliverAll()).isEqualTo("ALL_RESOLVED resolved b");
    }
}
