package io.tributary.local.demo.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.tributary.local.demo.Captured;
import io.tributary.local.demo.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void processorsAreReadOneByOne() {
        List<CpuTimes> times = CpuTimes.parse(List.of(
                "cpu  300 30 90 1500 60 0 3 0 0 0",
                "cpu0 100 10 30 500 20 0 1 0 0 0",
                "cpu1 200 20 60 1000 40 0 2 0 0 0",
                "intr 12345 6 7"));

        assertThat(times)
                .containsExactly(new CpuTimes(0, 100, 10, 30, 500, 20), new CpuTimes(1, 200, 20, 60, 1000, 40));
        assertThat(times.get(1).byMode())
                .containsOnly(
                        Map.entry("user", 200L),
                        Map.entry("nice", 20L),
                        Map.entry("system", 60L),
                        Map.entry("idle", 1000L),
                        Map.entry("iowait", 40L));
    }

    @Test
    void memoryAddsUpToTheWhole() {
        MemoryUse use = MemoryUse.parse(List.of(
                "MemTotal:       1000 kB",
                "MemFree:         200 kB",
                "MemAvailable:    500 kB",
                "Buffers:          50 kB",
                "Cached:          150 kB",
                "HugePages_Total:   0"));

        assertThat(use.byState())
                .containsOnly(
                        Map.entry("used", 600 * 1024L),
                        Map.entry("free", 200 * 1024L),
                        Map.entry("buffers", 50 * 1024L),
                        Map.entry("cached", 150 * 1024L));
        assertThat(MemoryUse.of(1000, 300).byState()).containsOnly(Map.entry("used", 700L), Map.entry("free", 300L));
    }

    @Test
    void disksThatWereNeverUsedAndThatAreNoneAreLeftOut() {
        List<DiskTraffic> disks = DiskTraffic.parse(List.of(
                "   7       0 loop0 5 0 10 1 0 0 0 0 0 1 1 0 0 0 0",
                " 259       0 nvme0n1 100 2 3000 40 200 6 5000 70 0 80 90 0 0 0 0",
                " 259       1 nvme0n1p1 10 2 300 40 20 6 500 70 0 80 90 0 0 0 0",
                "   8       0 sda 0 0 0 0 0 0 0 0 0 0 0"));

        assertThat(disks)
                .containsExactly(
                        new DiskTraffic("nvme0n1", 100, 3000 * 512, 200, 5000 * 512),
                        new DiskTraffic("nvme0n1p1", 10, 300 * 512, 20, 500 * 512));
    }

    @Test
    void interfacesAreReadWithAndWithoutASpaceAfterTheColon() {
        List<NetworkTraffic> traffic = NetworkTraffic.parse(List.of(
                "Inter-|   Receive                                                |  Transmit",
                " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop",
                "    lo: 1000      10    0    0    0     0          0         0     1000      10    0    0",
                "  eth0:2000      20    0    0    0     0          0         0     3000      30    0    0"));

        assertThat(traffic)
                .containsExactly(
                        new NetworkTraffic("lo", 1000, 10, 1000, 10), new NetworkTraffic("eth0", 2000, 20, 3000, 30));
    }

    @Test
    void thisMachineIsObserved() {
        Captured captured = new Captured();
        try (Telemetry telemetry = new Telemetry("machine", captured.exporters(), Duration.ofHours(1))) {
            Machine.observe(telemetry.meter());
        }

        assertThat(captured.metrics)
                .extracting(MetricData::getName)
                .contains(
                        "system.cpu.utilization",
                        "system.memory.usage",
                        "system.memory.utilization",
                        "system.filesystem.usage");
        assertThat(captured.metrics.stream()
                        .filter(metric -> metric.getName().endsWith(".utilization"))
                        .flatMap(metric -> metric.getDoubleGaugeData().getPoints().stream()))
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.getValue()).isBetween(0.0, 1.0));
    }
}
