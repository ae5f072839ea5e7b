package io.tributary.alerts.evaluation;

import java.util.Map;

/**
 * What is known of one series under one rule. There is one only while the condition holds or the alert fires, so that
 * healthy series cost nothing. All times are in milliseconds since the epoch UTC; 0 where there is none.
 */
public final class Element {
    final String tenant;
    final Map<String, String> series;
    Phase phase = Phase.WATCHED;
    Map<String, String> alertLabels = Map.of();
    long sampleAt;
    double value;
    boolean stale;
    /** The last evaluation; every one up to here has been made. */
    long evaluatedUntil;

    long activeAt;
    long firedAt;
    /** The first evaluation at which the condition of a firing alert held no more. */
    long endedSince;

    long noDataSince;
    long sentAt;

    /**
     * A series of this tenant with these labels, of which nothing was evaluated since this time.
     *
     * @param evaluatedUntil the last evaluation before the series' first sample
     */
    public Element(String tenant, Map<String, String> series, long evaluatedUntil) {
        this.tenant = tenant;
        this.series = series;
        this.evaluatedUntil = evaluatedUntil;
    }

    /** Whose series it is. */
    public String tenant() {
        return tenant;
    }

    /** Where it stands. */
    public Phase phase() {
        return phase;
    }

    /** When the newest sample was true. */
    public long sampleAt() {
        return sampleAt;
    }

    /** Since when a firing alert has no data; 0 while it has. */
    public long noDataSince() {
        return noDataSince;
    }

    /** Takes a newer sample. */
    public void observe(long at, double sample) {
        sampleAt = at;
        value = sample;
        stale = false;
    }

    /** Takes the word of the source that there is no value from this time on. */
    public void observeStale(long at) {
        sampleAt = at;
        stale = true;
    }
}
