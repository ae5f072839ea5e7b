package io.tributary.alerts.grouping;

import java.util.Set;

/**
 * What a receiver was told of a group, or is being told.
 *
 * @param key the idempotency key of the message; empty if there was none to send
 * @param at when, in milliseconds since the epoch UTC
 * @param firing fingerprints of the alerts that it told as firing
 * @param resolved fingerprints of the alerts that it told as resolved
 */
record Told(String key, long at, Set<String> firing, Set<String> resolved) {}
