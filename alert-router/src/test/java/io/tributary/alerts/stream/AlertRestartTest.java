package io.tributary.alerts.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.Notification;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The router is killed, and starts again. Times are in seconds
 * since the start; a sender's word holds for 240, and receivers are told 30 after the first alert of a group, then
 * every 120, and every 3600 though nothing changed.
 */
class AlertRestartTest {
    private static final long LEASE = 240;

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
    void whatIsBeingToldAsResolvedWhenTheRouterIsKilledDoesNotFireAgain() {
        fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.at(280);
        Notification resolved = alerting.notifications().getFirst();
        alerting.restart();
        delivered(resolved);
        alerting.at(1000);
        assertThat(alerting.messages()).isEmpty();
        assertThat(alerting.entries(AlertStores.GROUPS)).isZero();
    }

    @Test
    void whatFiresAgainWhileItsEndIsBeingToldIsToldAgain() {
        fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.at(280);
        Notification resolved = alerting.notifications().getFirst();
        alerting.restart();
        fires("a", 280, 280);
        delivered(resolved);
        alerting.at(400);
        assertThat(alerting.messages()).containsExactly("NEW_ALERTS firing a");
    }

    private void delivered(Notification message) {
        alerting.answer(message, message.getIdempotencyKey(), new RecordHeaders());
    }

    private void fires(String host, long since, long saidAt) {
        alerting.word(host, since, saidAt + LEASE, saidAt);
    }
}
