package io.tributary.alerts.evaluation;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What an evaluation says of an alert.
 *
 * @param tenant whose alert it is
 * @param labels the alert's labels, among them {@code alertname}
 * @param annotations texts for people
 * @param startsAt when it began to fire, in milliseconds since the epoch UTC
 * @param endsAt when it was resolved, in milliseconds since the epoch UTC; empty while it fires
 * @param lease for how long it fires if it is not said again, in milliseconds; of no meaning once it was resolved
 */
public record AlertChange(
        String tenant,
        Map<String, String> labels,
        Map<String, String> annotations,
        long startsAt,
        OptionalLong endsAt,
        long lease) {}
