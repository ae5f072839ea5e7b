package io.tributary.alerts.grouping;

import io.tributary.alerts.label.Fingerprint;

/**
 * The idempotency key of a message: a hash of group and receiver, and a number that grows from message to message of
 * the group, so that a later message is told from an earlier one.
 *
 * @param group 16 hexadecimal digits
 * @param number when the message became due, in milliseconds since the epoch UTC, made unique within the group
 */
public record MessageKey(String group, long number) {
    private static final char SEPARATOR = '-';

    /** The key of a message of the group with this id. */
    static MessageKey of(String groupId, long number) {
        return new MessageKey(Fingerprint.of(groupId), number);
    }

    /**
     * Whether the first key is that of the second's message or a later one of the same group; false if one is no key.
     */
    public static boolean covers(String delivered, String key) {
        int left = delivered.lastIndexOf(SEPARATOR);
        int right = key.lastIndexOf(SEPARATOR);
        return left > 0
                && right > 0
                && delivered.substring(0, left).equals(key.substring(0, right))
                && Long.parseLong(delivered.substring(left + 1)) >= Long.parseLong(key.substring(right + 1));
    }

    /** The text of the header. */
    @Override
    public String toString() {
        return group + SEPARATOR + number;
    }
}
