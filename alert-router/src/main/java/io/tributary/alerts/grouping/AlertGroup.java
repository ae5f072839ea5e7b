package io.tributary.alerts.grouping;

import io.tributary.alerts.routing.Route;
import io.tributary.schemas.avro.NotificationReason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A group's timer and what its receiver knows. Alertmanager: dispatch, "aggrGroup".
 *
 * <p>At most one message of a group is on its way. While a receiver is away, nothing piles up for it: when it is back,
 * it gets that message, and then what is true at the next flush. All times are in milliseconds since the epoch UTC.
 */
public final class AlertGroup {
    /** A message that was not heard of for this long is lost: its topic keeps it no longer. */
    static final Duration GIVE_UP_AFTER = Duration.ofDays(3);

    final Map<String, String> labels;
    long flushAt;
    boolean flushed;
    long number;
    Told told;
    Told onItsWay;

    AlertGroup(Map<String, String> labels, long flushAt) {
        this.labels = labels;
        this.flushAt = flushAt;
    }

    /**
     * A new group with these labels, first flushed after the route's wait.
     *
     * @param number the greatest that a message may have of an earlier group with these labels
     */
    public static AlertGroup start(Map<String, String> labels, Route route, long number, long now) {
        AlertGroup group = new AlertGroup(labels, now + route.groupWait().toMillis());
        group.number = number;
        return group;
    }

    /** The labels that all its alerts have. */
    public Map<String, String> labels() {
        return labels;
    }

    /** When it is to be flushed. */
    public long flushAt() {
        return flushAt;
    }

    /** The number of its last message, which grows also where the clock is set back. */
    public long number() {
        return number;
    }

    /** Whether a message is on its way to the receiver. */
    public boolean isWaiting() {
        return onItsWay != null;
    }

    /** Notes that an alert of it began at this time: one that is older than the wait makes waiting pointless. */
    public void joined(long startsAt, Route route, long now) {
        if (!flushed && startsAt + route.groupWait().toMillis() < now) {
            flushAt = now;
        }
    }

    /**
     * Sets the timer after a start, as the clock and the route are now. If nobody was there when it was due, and for
     * longer than the route's interval, the group waits as a new one does, so that what was said meanwhile is read
     * before its receiver is told; and it never waits for longer than the route says. Returns whether that changes it.
     */
    public boolean resumed(Route route, long now) {
        long before = flushAt;
        long wait = route.groupWait().toMillis();
        long interval = route.groupInterval().toMillis();
        if (flushAt < now - interval) {
            flushAt = now + wait;
        }
        flushAt = Math.min(flushAt, now + (flushed ? interval : wait));
        return flushAt != before;
    }

    /**
     * What a flush leads to.
     *
     * @param reason why the receiver is told; empty if there is nothing to send
     * @param key the idempotency key of the message; empty if there is nothing to send
     * @param dueAt when the message became due
     * @param forgetsResolved whether the group's resolved alerts have served their purpose
     */
    public record Flush(Optional<NotificationReason> reason, String key, long dueAt, boolean forgetsResolved) {
        static Flush nothing(boolean forgetsResolved) {
            return new Flush(Optional.empty(), "", 0, forgetsResolved);
        }
    }

    /**
     * Decides what to tell now of these alerts, and sets the timer.
     *
     * @param id what tells the group from all others
     * @param firing fingerprints of the alerts that fire
     * @param resolved fingerprints of those that ended
     */
    public Flush flush(String id, Set<String> firing, Set<String> resolved, Terms terms, long now) {
        flushed = true;
        flushAt = now + terms.route().groupInterval().toMillis();
        if (onItsWay != null && now - onItsWay.at() < GIVE_UP_AFTER.toMillis()) {
            return Flush.nothing(false);
        }
        onItsWay = null;
        Duration repeat = terms.route().repeatInterval();
        Optional<NotificationReason> reason =
                NotificationNeed.of(told, firing, resolved, terms.sendResolved(), repeat, now);
        if (reason.isEmpty()) {
            return Flush.nothing(true);
        }
        if (firing.isEmpty() && !terms.sendResolved()) {
            told = new Told("", now, Set.of(), Set.copyOf(resolved));
            return Flush.nothing(true);
        }
        number = Math.max(number + 1, now);
        MessageKey key = MessageKey.of(id, number);
        onItsWay = new Told(key.toString(), now, Set.copyOf(firing), Set.copyOf(resolved));
        return new Flush(reason, key.toString(), now, false);
    }

    /**
     * A message that was delivered.
     *
     * @param dueAt when it had become due
     * @param resolved fingerprints of the alerts that it told as resolved
     */
    public record Delivered(long dueAt, Set<String> resolved) {}

    /** Notes that the message with this key was delivered at this time; empty if it is not the one on its way. */
    public Optional<Delivered> delivered(String key, long at) {
        if (onItsWay == null || !onItsWay.key().equals(key)) {
            return Optional.empty();
        }
        Delivered delivered = new Delivered(onItsWay.at(), onItsWay.resolved());
        told = new Told(key, at, onItsWay.firing(), onItsWay.resolved());
        onItsWay = null;
        return Optional.of(delivered);
    }

    /**
     * Notes that the message with this key was refused for good, or given up: the next flush tries with what is true
     * then.
     */
    public boolean refused(String key) {
        if (onItsWay == null || !onItsWay.key().equals(key)) {
            return false;
        }
        onItsWay = null;
        return true;
    }

    /**
     * The terms on which a receiver is told.
     *
     * @param route the timers
     * @param sendResolved whether the receiver wants to know of resolved alerts
     */
    public record Terms(Route route, boolean sendResolved) {}
}
