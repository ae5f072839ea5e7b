package io.tributary.traces.edge;

import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.traces.tree.Call;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a trace's revision changes in the sums of the service edges: the calls that the trace shows now, less those that
 * it showed before. So a call is counted once however late either side came, and a late span can also show that a call
 * was another one than it seemed.
 */
public final class EdgeChanges {
    private record Place(String caller, String callee, long windowStart) {}

    private final String tenant;
    private final EdgeWindows windows;
    private final long arrivalMillis;
    private final Map<Place, ServiceEdge> changes = new LinkedHashMap<>();
    private long refused;

    /** No changes yet, of a trace of this tenant whose last span arrived at this time. */
    public EdgeChanges(String tenant, EdgeWindows windows, long arrivalMillis) {
        this.tenant = tenant;
        this.windows = windows;
        this.arrivalMillis = arrivalMillis;
    }

    /** Adds the calls that the trace shows now. */
    public EdgeChanges now(Collection<Call> calls) {
        calls.forEach(call -> add(call, 1));
        return this;
    }

    /** Takes away the calls that the trace showed before. */
    public EdgeChanges before(Collection<Call> calls) {
        calls.forEach(call -> add(call, -1));
        return this;
    }

    /** The sums that changed. */
    public List<ServiceEdge> changed() {
        return changes.values().stream().filter(EdgeChanges::isChange).toList();
    }

    /** How many calls more than before lie outside the grace of their windows. */
    public long refused() {
        return Math.max(0, refused);
    }

    private void add(Call call, int sign) {
        long window = windows.startOf(call.startNanos());
        if (!windows.admits(window, arrivalMillis)) {
            refused += sign;
            return;
        }
        ServiceEdge sum = changes.computeIfAbsent(new Place(call.caller(), call.callee(), window), this::zero);
        sum.setCalls(sum.getCalls() + sign);
        sum.setErrors(sum.getErrors() + (call.error() ? sign : 0));
        sum.setDurationSumNanos(sum.getDurationSumNanos() + sign * call.durationNanos());
        int bucket = DurationBuckets.of(call.durationNanos());
        List<Long> counts = sum.getDurationBucketCounts();
        counts.set(bucket, counts.get(bucket) + sign);
    }

    private ServiceEdge zero(Place place) {
        return ServiceEdge.newBuilder()
                .setTenant(tenant)
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
