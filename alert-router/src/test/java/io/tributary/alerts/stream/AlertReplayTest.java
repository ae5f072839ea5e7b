package io.tributary.alerts.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topic of alerts is read again, or late. */
class AlertReplayTest {
    @AutoClose
    private final AlertDriver alerting;

    AlertReplayTest(@TempDir Path folder) throws IOException {
        alerting = new AlertDriver(folder, "groups: []");
    }

    @Test
    void nobodyIsToldOfWhatEndedLongAgo() {
        alerting.at(7200);
        alerting.loseState(3);
        alerting.fires("a", 100, 100);
        alerting.fires("a", 100, 160);
        alerting.ended("b", 100, 170);
        alerting.at(7700);
        assertThat(alerting.messages()).isEmpty();
        Topics topics = alerting.topics();
        assertThat(alerting.counts(
                        alerting.output(topics.ledger().name()).readRecordsToList(),
                        topics.alerts().name()))
                .containsExactly("dropped:ended 3");
    }

    @Test
    void whatWasToldIsNotToldAgain() {
        alerting.fires("a", 0, 0);
        alerting.fires("b", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a firing b");
        alerting.fires("a", 0, 60);
        alerting.ended("b", 0, 60);
        alerting.at(200);
        assertThat(alerting.deliverAll()).isEqualTo("NEW_RESOLVED firing a resolved b");
        alerting.fires("a", 0, 200);
        alerting.fires("c", 200, 200);
        alerting.at(300);
        assertThat(alerting.deliverAll()).isEqualTo("NEW_ALERTS firing a firing c");
        alerting.restart();
        alerting.fires("a", 0, 0);
        alerting.fires("b", 0, 0);
        alerting.at(400);
        alerting.fires("a", 0, 60);
        alerting.ended("b", 0, 60);
        alerting.fires("a", 0, 200);
        alerting.fires("c", 200, 200);
        alerting.at(530);
        assertThat(alerting.messages()).isEmpty();
    }

    @Test
    void anEarlierTimeOfAnAlertThatFiresAgainEndsNothing() {
        alerting.fires("a", 0, 0);
        alerting.ended("a", 0, 10);
        alerting.at(300);
        alerting.fires("a", 300, 300);
        alerting.at(360);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart();
        alerting.fires("a", 0, 0);
        alerting.ended("a", 0, 10);
        alerting.at(500);
        assertThat(alerting.messages()).isEmpty();
        alerting.fires("a", 300, 500);
        alerting.at(660);
        assertThat(alerting.messages()).isEmpty();
    }

    @Test
    void whatWasSaidShortlyBeforeAnAbsenceIsToldAfterIt() {
        alerting.restart(600);
        alerting.fires("a", 0, 0);
        alerting.at(660);
        assertThat(alerting.messages()).containsExactly("FIRST firing a");
    }

    @Test
    void whatWasSaidLongBeforeAndIsReadForTheFirstTimeIsToldAlsoThoughItsLeaseIsOver() {
        alerting.fires("a", 0, 0);
        alerting.at(60);
        assertThat(alerting.deliverAll()).isEqualTo("FIRST firing a");
        alerting.restart(3000);
        // The offsets begin anew with each start, so the topic is set back to its start here.
        alerting.fires("a", 0, 0);
        alerting.fires("b", 70, 70);
        alerting.ended("c", 70, 80);
        alerting.at(3060);
        assertThat(alerting.deliverAll()).isEqualTo("NEW_ALERTS firing a firing b");
        alerting.at(3400);
        assertThat(alerting.deliverAll()).isEqualTo("ALL_RESOLVED resolved a resolved b");
        alerting.at(5000);
        alerting.restart();
        alerting.fires("a", 0, 0);
        alerting.fires("b", 70, 70);
        alerting.ended("c", 70, 80);
        alerting.at(5100);
        assertThat(alerting.messages()).isEmpty();
    }

    @Test
    void whatMayHaveBeenToldBeforeTheStateWasLostIsNotToldAgainThoughReadingItIsInterrupted() {
        alerting.at(7200);
        alerting.loseState(3);
        alerting.fires("a", 100, 100);
        alerting.restart();
        // The offsets begin anew with each start, so the topic is set back to its start here.
        alerting.fires("a", 100, 100);
        alerting.fires("b", 100, 100);
        alerting.fires("c", 100, 100);
        alerting.fires("d", 5000, 5000);
        alerting.at(7300);
        assertThat(alerting.messages()).as("d came when the others were there").containsExactly("FIRST firing d");
    }
}
