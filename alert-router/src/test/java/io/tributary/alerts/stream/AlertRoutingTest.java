package io.tributary.alerts.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The configuration file is another one after a start. Times are in seconds since the start; a sender's word holds for
 * 240, and receivers are told 30 after the first alert of a group and then every 120.
 */
class AlertRoutingTest {
    private static final long LEASE = 240;
    private static final String BY_HOST = """
            route: {receiver: hook, group_by: [host], group_wait: 30s, group_interval: 2m}
            receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:1/hook"}]}]
            """;

    @TempDir
    private Path folder;

    private AlertDriver alerting;

    @BeforeEach
    void start() throws IOException {
        alerting = new AlertDriver(folder, "groups: []");
    }

    @AfterEach
    void close() {
        alerting.close();
    }

    @Test
    void whatFiresIsToldByTheRouteThatIsThereNow() throws IOException {
        fires("a", 0, 0);
        ended("b", 0, 10);
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
    void whatFiresIsToldOnceThereIsSomebodyToTell() throws IOException {
        alerting.restart("""
                route: {receiver: nobody}
                receivers: [{name: nobody}]
                """);
        fires("a", 0, 0);
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
        fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart(3000, BY_HOST);
        alerting.at(3500);
        assertThat(alerting.messages()).isEmpty();
        fires("a", 0, 3500);
        alerting.at(3540);
        assertThat(alerting.deliverAll()).as("it is said again").isEqualTo("FIRST firing a");
    }

    @Test
    void theRouteThatToldOfAnAlertTellsOnceThatItsLeaseRanOut() throws IOException {
        fires("a", 0, 0);
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
    void whatWasPostedInAnAbsenceIsToldByTheRouteThatIsThereWhenItIsRead() throws IOException {
        fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart(3000, BY_HOST);
        // The offsets begin anew with each start, so the topic is set back to its start here.
        fires("a", 0, 0);
        fires("b", 70, 70);
        alerting.at(3060);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing b");
        alerting.at(3400);
        assertThat(alerting.deliverAll()).isEqualTo("ALL_RESOLVED resolved b");
    }

    private void fires(String host, long since, long saidAt) {
        alerting.word(host, since, saidAt + LEASE, saidAt);
    }

    private void ended(String host, long since, long at) {
        alerting.word(host, since, at, at);
    }
}
