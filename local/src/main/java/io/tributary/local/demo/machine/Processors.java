package io.tributary.local.demo.machine;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Time and utilization of each processor by mode. Utilization is the share of time since the last observation. */
final class Processors {
    private static final AttributeKey<String> MODE = AttributeKey.stringKey("cpu.mode");
    private static final AttributeKey<Long> NUMBER = AttributeKey.longKey("cpu.logical_number");

    /** Clock ticks of a second, as every Linux has them towards programs. Linux: time(7), USER_HZ. */
    private static final double TICKS = 100;

    private final Supplier<List<CpuTimes>> reading;
    private final Map<Integer, CpuTimes> last = new HashMap<>();

    Processors(Supplier<List<CpuTimes>> reading) {
        this.reading = reading;
    }

    void observe(Meter meter) {
        meter.counterBuilder("system.cpu.time").ofDoubles().setUnit("s").buildWithCallback(this::times);
        meter.gaugeBuilder("system.cpu.utilization").setUnit("1").buildWithCallback(this::utilizations);
    }

    private void times(ObservableDoubleMeasurement measurement) {
        for (CpuTimes times : reading.get()) {
            times.byMode().forEach((mode, ticks) -> measurement.record(ticks / TICKS, attributes(times, mode)));
        }
    }

    void utilizations(ObservableDoubleMeasurement measurement) {
        for (CpuTimes times : reading.get()) {
            Map<String, Long> before = last.containsKey(times.processor())
                    ? last.get(times.processor()).byMode()
                    : Map.of();
            Map<String, Long> spent = new HashMap<>();
            times.byMode().forEach((mode, ticks) -> spent.put(mode, ticks - before.getOrDefault(mode, 0L)));
            double total = spent.values().stream().mapToLong(Long::longValue).sum();
            if (total > 0) {
                spent.forEach((mode, ticks) -> measurement.record(ticks / total, attributes(times, mode)));
            }
            last.put(times.processor(), times);
        }
    }

    private static Attributes attributes(CpuTimes times, String mode) {
        return Attributes.of(NUMBER, (long) times.processor(), MODE, mode);
    }
}
