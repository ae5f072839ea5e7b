package io.tributary.alerts.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.routing.Route;
import io.tributary.alerts.state.StateBytes;
import io.tributary.schemas.avro.NotificationReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertGroupTest {
    private static final Route ROUTE =
            new Route("hook", List.of("a"), false, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4));
    private static final AlertGroup.Terms TERMS = new AlertGroup.Terms(ROUTE, true);

    private final AlertGroup group = AlertGroup.start(Map.of("a", "1"), ROUTE, 0, 1000);

    @Test
    void waitsForMoreAlertsUnlessTheAlertIsOlderThanTheWait() {
        assertThat(group.flushAt()).isEqualTo(31_000);
        group.joined(900, ROUTE, 1000);
        assertThat(group.flushAt()).isEqualTo(31_000);
        group.joined(-29_500, ROUTE, 1000);
        assertThat(group.flushAt()).isEqualTo(1000);
    }

    @Test
    void tellsNothingFurtherWhileAMessageIsOnItsWay() {
        AlertGroup.Flush first = flush(Set.of("x"), Set.of(), 31_000);
        assertThat(first.reason()).contains(NotificationReason.FIRST);
        assertThat(flush(Set.of("x", "y"), Set.of(), 331_000).reason()).isEmpty();
        assertThat(group.delivered("another", 340_000)).isEmpty();
        assertThat(group.delivered(first.key(), 340_000)).isPresent();
        assertThat(flush(Set.of("x", "y"), Set.of(), 631_000).reason()).contains(NotificationReason.NEW_ALERTS);
    }

    @Test
    void aRefusedMessageIsTriedAgainAtTheNextFlushUnderAnotherKey() {
        AlertGroup.Flush first = flush(Set.of("x"), Set.of(), 31_000);
        assertThat(group.refused(first.key())).isTrue();
        AlertGroup.Flush second = flush(Set.of("x"), Set.of(), 331_000);
        assertThat(second.reason()).contains(NotificationReason.FIRST);
        assertThat(second.key()).isNotEqualTo(first.key());
    }

    @Test
    void aMessageThatWasLostIsGivenUp() {
        flush(Set.of("x"), Set.of(), 31_000);
        long later = 31_000 + AlertGroup.GIVE_UP_AFTER.toMillis();
        assertThat(flush(Set.of("x"), Set.of(), later).reason()).contains(NotificationReason.FIRST);
    }

    @Test
    void aReceiverThatDoesNotWantEndsIsNotToldButHearsOfTheNextAlert() {
        AlertGroup.Terms terms = new AlertGroup.Terms(ROUTE, false);
        AlertGroup.Flush first = group.flush("id", Set.of("x"), Set.of(), terms, 31_000);
        group.delivered(first.key(), 32_000);
        AlertGroup.Flush ended = group.flush("id", Set.of(), Set.of("x"), terms, 331_000);
        assertThat(ended.reason()).isEmpty();
        assertThat(ended.forgetsResolved()).isTrue();
        assertThat(group.flush("id", Set.of("x"), Set.of(), terms, 631_000).reason())
                .contains(NotificationReason.NEW_ALERTS);
    }

    @Test
    void stateSurvivesAsBytes() {
        AlertGroup.Flush first = flush(Set.of("x"), Set.of("z"), 31_000);
        AlertGroupCodec codec = new AlertGroupCodec();
        AlertGroup read = StateBytes.decode(StateBytes.encode(group, codec), codec);
        assertThat(read.labels()).isEqualTo(group.labels());
        assertThat(read.flushAt()).isEqualTo(331_000);
        assertThat(read.delivered(first.key(), 40_000)).hasValueSatisfying(delivered -> {
            assertThat(delivered.dueAt()).isEqualTo(31_000);
            assertThat(delivered.resolved()).containsExactly("z");
        });
    }

    @Test
    void laterKeysOfAGroupCoverEarlierOnes() {
        MessageKey early = MessageKey.of("g", 5);
        MessageKey late = MessageKey.of("g", 6);
        MessageKey other = MessageKey.of("h", 9);
        assertThat(MessageKey.covers(late.toString(), early.toString())).isTrue();
        assertThat(MessageKey.covers(early.toString(), early.toString())).isTrue();
        assertThat(MessageKey.covers(early.toString(), late.toString())).isFalse();
        assertThat(MessageKey.covers(other.toString(), early.toString())).isFalse();
        assertThat(MessageKey.covers("", early.toString())).isFalse();
    }

    private AlertGroup.Flush flush(Set<String> firing, Set<String> resolved, long now) {
        return group.flush("id", firing, resolved, TERMS, now);
    }
}
