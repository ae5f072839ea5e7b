package io.tributary.traces.assembly;

import io.tributary.schemas.avro.TraceSummary;
import java.util.Optional;

/**
 * What is known of a trace beside its spans. Times are arrival times: milliseconds of the partition's stream time,
 * which follows the records' timestamps and not the spans' own clocks.
 *
 * @param openedAt when the first of the pending spans arrived; without meaning when none is pending
 * @param lastArrival when the newest span arrived
 * @param alarm where the trace stands in the index of alarms; at or before the time when it next needs attention
 * @param pendingSpans how many spans wait to be emitted
 * @param pendingBytes their size
 * @param knownSpans how many spans' facts are kept, pending or emitted
 * @param revision the number of the next revision
 * @param rootSeen whether a span without a parent arrived
 * @param incomplete whether the pending trace was found incomplete since the newest span arrived
 * @param retired the summary of the spans whose facts are no longer kept; empty while all are
 */
public record TraceState(
        long openedAt,
        long lastArrival,
        long alarm,
        int pendingSpans,
        long pendingBytes,
        int knownSpans,
        int revision,
        boolean rootSeen,
        boolean incomplete,
        Optional<TraceSummary> retired) {

    /** A trace of which no span is there yet, with no alarm set. */
    public static final TraceState NEW =
            new TraceState(0, 0, Long.MAX_VALUE, 0, 0, 0, 0, false, false, Optional.empty());

    /** Whether spans wait to be emitted. */
    public boolean isOpen() {
        return pendingSpans > 0;
    }

    /** The state after a new span of this size arrived. */
    public TraceState arrived(long now, int bytes, boolean root) {
        return new TraceState(
                isOpen() ? openedAt : now,
                now,
                alarm,
                pendingSpans + 1,
                pendingBytes + bytes,
                knownSpans + 1,
                revision,
                rootSeen || root,
                false,
                retired);
    }

    /** The state after the pending spans were looked at, and found to miss some. */
    public TraceState foundIncomplete() {
        return new TraceState(
                openedAt,
                lastArrival,
                alarm,
                pendingSpans,
                pendingBytes,
                knownSpans,
                revision,
                rootSeen,
                true,
                retired);
    }

    /** The state after the pending spans were emitted. */
    public TraceState emitted() {
        return new TraceState(openedAt, lastArrival, alarm, 0, 0, knownSpans, revision + 1, rootSeen, false, retired);
    }

    /** The state after the spans' facts were given up for this summary of the whole trace. */
    public TraceState retired(TraceSummary summary) {
        return new TraceState(openedAt, lastArrival, alarm, 0, 0, 0, revision, rootSeen, false, Optional.of(summary));
    }

    /** The state with its alarm at this time. */
    public TraceState alarmAt(long time) {
        return new TraceState(
                openedAt,
                lastArrival,
                time,
                pendingSpans,
                pendingBytes,
                knownSpans,
                revision,
                rootSeen,
                incomplete,
                retired);
    }
}
