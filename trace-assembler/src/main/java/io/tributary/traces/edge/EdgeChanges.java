package io.tributary.traces.edge;

import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.traces.tree.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What revisions of traces change in the sums of the service edges: the calls that a trace shows now, less those that
 * it showed before. So a call is counted once however late either side came, and a late span can also show that a call
 * was another one than it seemed. Changes of many traces are added up until they are taken.
 */
public final class EdgeChanges {
    private record Place(String tenant, String caller, String callee, long windowStart) {}

    private final EdgeWindows windows;
    private final Map<Place, ServiceEdge> changes = new LinkedHashMap<>();
    private long newestArrival;

    /** No changes yet. */
    public EdgeChanges(EdgeWindows windows) {
        this.windows = windows;
    }

    /**
     * Adds what a revision changes.
     *
     * @param tenant the trace's tenant
     * @param arrivalMillis when its last span arrived
     * @param now the calls that it shows now
     * @param before the calls that it showed before
     * @return how many calls more than before lie outside the grace of their windows
     */
    public long add(String tenant, long arrivalMillis, List<Call> now, List<Call> before) {
        long refused = 0;
        for (Call call : now) {
            refused += add(tenant, arrivalMillis, call, 1);
        }
        for (Call call : before) {
            refused += add(tenant, arrivalMillis, call, -1);
        }
        newestArrival = Math.max(newestArrival, arrivalMillis);
        return Math.max(0, refused);
    }

    /** How many sums changed, or may have. */
    public int size() {
        return changes.size();
    }

    /** When the last span arrived of all traces whose changes were added, in milliseconds. */
    public long newestArrival() {
        return newestArrival;
    }

    /** The sums that changed since the last call. */
    public List<ServiceEdge> take() {
        List<ServiceEdge> taken =
                changes.values().stream().filter(EdgeChanges::isChange).toList();
        changes.clear();
        return taken;
    }

    /** How many calls are refused: the sign, or 0. */
    private long add(String tenant, long arrivalMillis, Call call, int sign) {
        long window = windows.startOf(call.startNanos());
        if (!windows.admits(window, arrivalMillis)) {
            return sign;
        }
        Place place = new Place(tenant, call.caller(), call.callee(), window);
        ServiceEdge sum = changes.computeIfAbsent(place, this::zero);
        sum.setCalls(sum.getCalls() + sign);
        sum.setErrors(sum.getErrors() + (call.error() ? sign : 0));
        sum.setDurationSumNanos(sum.getDurationSumNanos() + sign * call.durationNanos());
        int bucket = DurationBuckets.of(call.durationNanos());
        List<Long> counts = sum.getDurationBucketCounts();
        counts.set(bucket, counts.get(bucket) + sign);
        return 0;
    }

    private ServiceEdge zero(Place place) {
        return ServiceEdge.newBuilder()
                .setTenant(place.tenant())
                .setCaller(place.caller())
                .setCallee(place.callee())
                .setWindowStartUnixNano(place.windowStart())
                .setWindowNanos(windows.length().toNanos())
                .setCalls(0)
                .setErrors(0)
                .setDurationSumNanos(0)
                .setDurationBoundsNanos(DurationBuckets.BOUNDS_NANOS)
                .setDurationBucketCounts(DurationBuckets.zeros())
                .build();
    }

    private static boolean isChange(ServiceEdge sum) {
        return sum.getCalls() != 0
                || sum.getErrors() != 0
                || sum.getDurationSumNanos() != 0
                || sum.getDurationBucketCounts().stream().anyMatch(count -> count != 0);
    }
}
