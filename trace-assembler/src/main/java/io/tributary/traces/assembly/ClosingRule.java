package io.tributary.traces.assembly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        List<String> problems = new ArrayList<>();
        Map.of("quiet", quiet, "partition-idle", partitionIdle).forEach((name, value) -> {
            if (value.compareTo(Duration.ofMillis(1)) < 0) {
                problems.add(name + ": " + value + " (expected: at least 1 ms)");
            }
        });
        atLeast(problems, "idle", idle, "quiet", quiet);
        atLeast(problems, "open-limit", openLimit, "idle", idle);
        atLeast(problems, "late-spans", lateSpans, "idle", idle);
        atLeast(problems, "marker", marker, "late-spans", lateSpans);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
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

    private static void atLeast(List<String> problems, String name, Duration value, String other, Duration least) {
        if (value.compareTo(least) < 0) {
            problems.add(name + ": " + value + " (expected: at least " + other + ": " + least + ")");
        }
    }
}
