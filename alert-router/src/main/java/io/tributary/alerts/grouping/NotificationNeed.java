package io.tributary.alerts.grouping;

import io.tributary.schemas.avro.NotificationReason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Decides whether a receiver must be told of a group, and why. Alertmanager: notify, "DedupStage.needsUpdate". */
final class NotificationNeed {
    private NotificationNeed() {}

    /**
     * The reason to tell the receiver; empty if there is none.
     *
     * @param told what the receiver was last told of the group; null if nothing
     * @param firing fingerprints of the alerts that fire now
     * @param resolved fingerprints of the alerts of the group that ended
     * @param sendResolved whether the receiver wants to know of ended alerts
     * @param repeat after what time it is told again though nothing changed
     * @param now milliseconds since the epoch UTC
     */
    static Optional<NotificationReason> of(
            Told told, Set<String> firing, Set<String> resolved, boolean sendResolved, Duration repeat, long now) {
        if (told == null) {
            return firing.isEmpty() ? Optional.empty() : Optional.of(NotificationReason.FIRST);
        }
        if (!told.firing().containsAll(firing)) {
            return Optional.of(NotificationReason.NEW_ALERTS);
        }
        if (firing.isEmpty()) {
            // What fired and ended in between was never told of, so its end is no news. Otherwise the end counts even
            // for
            // a receiver that does not want to know, so that the next alert is news again.
            return told.firing().isEmpty() ? Optional.empty() : Optional.of(NotificationReason.ALL_RESOLVED);
        }
        if (sendResolved && !told.resolved().containsAll(resolved)) {
            return Optional.of(NotificationReason.NEW_RESOLVED);
        }
        return told.at() < now - repeat.toMillis() ? Optional.of(NotificationReason.REPEAT) : Optional.empty();
    }
}
