package io.tributary.traces.edge;

import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.ServiceEdgeKey;
import java.util.List;

/** Sums of calls. A sum may be a difference: then its numbers may be negative. */
public final class EdgeSums {
    private EdgeSums() {}

    /** The key of the edge. */
    public static ServiceEdgeKey key(ServiceEdge edge) {
        return new ServiceEdgeKey(edge.getTenant(), edge.getCaller(), edge.getCallee());
    }

    /** Whether the change has the buckets that sums have. */
    public static boolean isAddable(ServiceEdge change) {
        return change.getDurationBoundsNanos().equals(DurationBuckets.BOUNDS_NANOS)
                && change.getDurationBucketCounts().size() == DurationBuckets.BOUNDS_NANOS.size() + 1;
    }

    /** Adds the second sum to the first; both are of the same edge and window. */
    public static void add(ServiceEdge sum, ServiceEdge more) {
        sum.setCalls(sum.getCalls() + more.getCalls());
        sum.setErrors(sum.getErrors() + more.getErrors());
        sum.setDurationSumNanos(sum.getDurationSumNanos() + more.getDurationSumNanos());
        List<Long> counts = sum.getDurationBucketCounts();
        for (int i = 0; i < counts.size(); i++) {
            counts.set(i, counts.get(i) + more.getDurationBucketCounts().get(i));
        }
    }
}
