package io.tributary.traces.tree;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.TraceSummary;
import java.util.TreeSet;

/** Sums up a trace of which the older spans are known by their summary only. */
public final class RetiredSpans {
    private RetiredSpans() {}

    /**
     * The summary of both. A parent that the newer spans miss may be among the older ones, so a trace that was complete
     * stays complete; one that was not is never called complete again.
     */
    public static TraceSummary with(TraceSummary older, TraceSummary newer) {
        TraceSummary face = face(older, newer);
        TreeSet<String> services = new TreeSet<>(older.getServices());
        services.addAll(newer.getServices());
        long start = start(older, newer);
        return TraceSummary.newBuilder()
                .setRootService(face.getRootService())
                .setRootOperation(face.getRootOperation())
                .setStartTimeUnixNano(start)
                .setDurationNanos(Math.max(end(older), end(newer)) - start)
                .setSpanCount(older.getSpanCount() + newer.getSpanCount())
                .setErrorCount(older.getErrorCount() + newer.getErrorCount())
                .setServices(ServiceList.bounded(services))
                .setCompleteness(completeness(older, newer))
                .build();
    }

    private static Completeness completeness(TraceSummary older, TraceSummary newer) {
        if (older.getCompleteness() == Completeness.MISSING_ROOT && hasRoot(newer)) {
            return Completeness.MISSING_PARENT;
        }
        return older.getCompleteness();
    }

    /** The one whose root the whole trace shows: the older one's, else the newer one's, else the earlier. */
    private static TraceSummary face(TraceSummary older, TraceSummary newer) {
        if (hasRoot(older) != hasRoot(newer)) {
            return hasRoot(older) ? older : newer;
        }
        boolean newerIsEarlier = newer.getStartTimeUnixNano() > 0
                && (older.getStartTimeUnixNano() == 0 || newer.getStartTimeUnixNano() < older.getStartTimeUnixNano());
        return hasRoot(older) || !newerIsEarlier ? older : newer;
    }

    private static boolean hasRoot(TraceSummary summary) {
        return summary.getCompleteness() != Completeness.MISSING_ROOT;
    }

    private static long start(TraceSummary one, TraceSummary other) {
        if (one.getStartTimeUnixNano() == 0 || other.getStartTimeUnixNano() == 0) {
            return Math.max(one.getStartTimeUnixNano(), other.getStartTimeUnixNano());
        }
        return Math.min(one.getStartTimeUnixNano(), other.getStartTimeUnixNano());
    }

    private static long end(TraceSummary summary) {
        return summary.getStartTimeUnixNano() + summary.getDurationNanos();
    }
}
