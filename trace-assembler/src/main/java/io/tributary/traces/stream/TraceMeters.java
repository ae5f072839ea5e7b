package io.tributary.traces.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a partition tells about its traces. */
final class TraceMeters {
    private final MeterRegistry registry;
    private final AtomicLong openTraces = new AtomicLong();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final List<Gauge> gauges;
    private final Counter first;
    private final Counter revised;
    private final Counter callsRefused;

    TraceMeters(MeterRegistry registry, int partition) {
        this.registry = registry;
        String label = Integer.toString(partition);
        this.gauges = List.of(
                Gauge.builder("tributary.traces.open", openTraces, AtomicLong::doubleValue)
                        .description("Traces with spans that were not emitted yet")
                        .tag("partition", label)
                        .register(registry),
                Gauge.builder("tributary.traces.pending", pendingBytes, AtomicLong::doubleValue)
                        .description("Size of the spans that were not emitted yet")
                        .baseUnit("bytes")
                        .tag("partition", label)
                        .register(registry));
        this.first = Counter.builder("tributary.traces.closed")
                .description("Traces emitted for the first time")
                .register(registry);
        this.revised = Counter.builder("tributary.traces.revised")
                .description("Revisions emitted for spans that came late")
                .register(registry);
        this.callsRefused = Counter.builder("tributary.traces.calls.refused")
                .description("Calls that began outside the grace of their window, and are in no service edge")
                .register(registry);
    }

    void open(long traces, long bytes) {
        openTraces.set(traces);
        pendingBytes.set(bytes);
    }

    void revision(int number) {
        (number == 0 ? first : revised).increment();
    }

    void callsRefused(long calls) {
        callsRefused.increment((double) calls);
    }

    void close() {
        gauges.forEach(registry::remove);
    }
}
