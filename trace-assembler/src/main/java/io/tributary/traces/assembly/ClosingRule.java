package io.tributary.traces.assembly;

import io.tributary.schemas.failure.Problems;
import java.time.Duration;

/**
 * When a trace is closed, and for how long it is remembered. All but {@link #partitionIdle} is measured in stream time:
 * by the timestamps of the partition's records.
 *
 * @param quiet a complete trace, or late spans of one that was closed already, are emitted when no span came for so
 *     long
 * @param idle an incomplete trace is emitted when no span came for so long; at least quiet
 * @param openLimit spans are emitted at the latest so long after the first of them came, and marked; at least idle
 * @param lateSpans for so long after its newest span a closed trace's spans are known one by one: duplicates are
 *     recognised, late parents and children find each other
 * @param marker for so long after its newest span a closed trace is known by its summary, so that a late span makes a
 *     revision; at least lateSpans. After that a span begins a new trace
 * @param partitionIdle when stream time stood still for so long, it is taken to go on with the wall clock, so that the
 *     last traces of a source that stopped come out
 */
public record ClosingRule(
        Duration quiet,
        Duration idle,
        Duration openLimit,
        Duration lateSpans,
        Duration marker,
        Duration partitionIdle) {

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public ClosingRule {
        Duration least = Duration.ofMillis(1);
        new Problems("")
                .expect(quiet.compareTo(least) >= 0, "quiet", quiet, "at least 1 ms")
                .expect(partitionIdle.compareTo(least) >= 0, "partition-idle", partitionIdle, "at least 1 ms")
                .expect(idle.compareTo(quiet) >= 0, "idle", idle, "at least quiet: " + quiet)
                .expect(openLimit.compareTo(idle) >= 0, "open-limit", openLimit, "at least idle: " + idle)
                .expect(lateSpans.compareTo(idle) >= 0, "late-spans", lateSpans, "at least idle: " + idle)
                .expect(marker.compareTo(lateSpans) >= 0, "marker", marker, "at least late-spans: " + lateSpans)
                .refuse();
    }

    /** What is to be done with a trace when it is due. */
    public enum Due {
        /** It may be complete: if it is, emit what is pending, else wait until it was idle. */
        CLOSE_IF_COMPLETE,
        /** Emit what is pending. */
        CLOSE,
        /** Emit what is pending, and mark it as open for too long. */
        CLOSE_TOO_LONG_OPEN,
        /** Give up the spans' facts for a summary. */
        RETIRE,
        /** Forget it. */
        FORGET
    }

    /** When the trace next needs attention if no further span comes. */
    public long dueAt(TraceState state) {
        if (!state.isOpen()) {
            return state.lastArrival() + (state.knownSpans() > 0 ? lateSpans : marker).toMillis();
        }
        return Math.min(closingAt(state), state.openedAt() + openLimit.toMillis());
    }

    /** What is to be done with the trace at {@link #dueAt}. */
    public Due due(TraceState state) {
        if (!state.isOpen()) {
            return state.knownSpans() > 0 ? Due.RETIRE : Due.FORGET;
        }
        if (state.openedAt() + openLimit.toMillis() < closingAt(state)) {
            return Due.CLOSE_TOO_LONG_OPEN;
        }
        return state.revision() == 0 && mayBeComplete(state) ? Due.CLOSE_IF_COMPLETE : Due.CLOSE;
    }

    private long closingAt(TraceState state) {
        boolean soon = state.revision() > 0 || mayBeComplete(state);
        return state.lastArrival() + (soon ? quiet : idle).toMillis();
    }

    private static boolean mayBeComplete(TraceState state) {
        return state.rootSeen() && !state.incomplete();
    }
}
