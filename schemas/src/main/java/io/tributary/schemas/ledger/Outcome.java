package io.tributary.schemas.ledger;

/**
 * What became of a record at a stage.
 *
 * @param label how the ledger writes it
 */
public record Outcome(String label) {
    /** Received from a client and well formed or not (gateway only). */
    public static final Outcome ACCEPTED = new Outcome("accepted");
    /** Acknowledged by Kafka (gateway only). */
    public static final Outcome PUBLISHED = new Outcome("published");
    /** Made by the gateway itself beside what it accepted, and acknowledged by Kafka. */
    public static final Outcome DERIVED = new Outcome("derived");
    /** Put back into the topic from its dead letters, and acknowledged by Kafka. */
    public static final Outcome RETRIED = new Outcome("retried");

    /** In the store, and was not before. */
    public static final Outcome STORED = new Outcome("stored");
    /** Taken over by the next stage. */
    public static final Outcome FORWARDED = new Outcome("forwarded");
    /** Was there already. */
    public static final Outcome DUPLICATE = new Outcome("duplicate");
    /** In the dead-letter topic. */
    public static final Outcome DEAD_LETTERED = new Outcome("dead_lettered");

    /** Removed from the topic, by its retention or by hand, before it was read: lost at this stage. */
    public static final Outcome EXPIRED = new Outcome("expired");

    private static final String DROPPED = "dropped:";
    private static final String REFUSED = "refused:";

    /** Given up on purpose, for this reason, such as {@code late}. */
    public static Outcome dropped(String reason) {
        return new Outcome(DROPPED + reason);
    }

    /** Not taken from the client, who was told so, for this reason, such as {@code invalid_trace_id}. */
    public static Outcome refused(String reason) {
        return new Outcome(REFUSED + reason);
    }

    /** Whether this is {@link #dropped}. */
    public boolean isDropped() {
        return label.startsWith(DROPPED);
    }

    /** Whether this is {@link #refused}. */
    public boolean isRefused() {
        return label.startsWith(REFUSED);
    }

    /** Why it was dropped or refused; empty for every other outcome. */
    public String reason() {
        return isDropped() ? label.substring(DROPPED.length()) : isRefused() ? label.substring(REFUSED.length()) : "";
    }
}
