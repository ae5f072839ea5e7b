package io.tributary.local.demo.machine;

import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The machine's metrics, by the names of OpenTelemetry's semantic conventions for systems. Linux tells everything;
 * other systems tell the load of all processors together, memory and file systems.
 */
public final class Machine {
    private static final AttributeKey<String> MEMORY_STATE = AttributeKey.stringKey("system.memory.state");
    private static final AttributeKey<String> FILE_SYSTEM_STATE = AttributeKey.stringKey("system.filesystem.state");
    private static final AttributeKey<String> MOUNT_POINT = AttributeKey.stringKey("system.filesystem.mountpoint");
    private static final AttributeKey<String> DEVICE = AttributeKey.stringKey("system.device");
    private static final AttributeKey<String> INTERFACE = AttributeKey.stringKey("network.interface.name");
    private static final AttributeKey<String> DISK_DIRECTION = AttributeKey.stringKey("disk.io.direction");
    private static final AttributeKey<String> NETWORK_DIRECTION = AttributeKey.stringKey("network.io.direction");

    private final Path proc;
    private final Meter meter;

    private Machine(Path proc, Meter meter) {
        this.proc = proc;
        this.meter = meter;
    }

    /** Lets the meter observe this machine. */
    public static void observe(Meter meter) {
        new Machine(Path.of("/proc"), meter).observe();
    }

    private void observe() {
        if (Files.isReadable(proc.resolve("stat"))) {
            new Processors(() -> CpuTimes.parse(lines("stat"))).observe(meter);
        } else {
            load();
        }
        memory();
        fileSystem();
        if (Files.isReadable(proc.resolve("diskstats"))) {
            disks();
        }
        if (Files.isReadable(proc.resolve("net/dev"))) {
            network();
        }
    }

    private void load() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        meter.gaugeBuilder("system.cpu.utilization")
                .setUnit("1")
                .buildWithCallback(load -> load.record(Math.max(0, system.getCpuLoad())));
    }

    private void memory() {
        meter.upDownCounterBuilder("system.memory.usage")
                .setUnit("By")
                .buildWithCallback(usage ->
                        memoryUse().forEach((state, bytes) -> usage.record(bytes, Attributes.of(MEMORY_STATE, state))));
        meter.gaugeBuilder("system.memory.utilization").setUnit("1").buildWithCallback(usage -> {
            Map<String, Long> states = memoryUse();
            double total = states.values().stream().mapToLong(Long::longValue).sum();
            states.forEach((state, bytes) -> usage.record(bytes / total, Attributes.of(MEMORY_STATE, state)));
        });
    }

    private Map<String, Long> memoryUse() {
        if (Files.isReadable(proc.resolve("meminfo"))) {
            return MemoryUse.parse(lines("meminfo")).byState();
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return MemoryUse.of(system.getTotalMemorySize(), system.getFreeMemorySize())
                .byState();
    }

    private void fileSystem() {
        meter.upDownCounterBuilder("system.filesystem.usage").setUnit("By").buildWithCallback(usage -> {
            Path root = Path.of("").toAbsolutePath().getRoot();
            try {
                FileStore store = Files.getFileStore(root);
                record(usage, root, "free", store.getUnallocatedSpace());
                record(usage, root, "used", store.getTotalSpace() - store.getUnallocatedSpace());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void record(ObservableLongMeasurement usage, Path root, String state, long bytes) {
        usage.record(bytes, Attributes.of(MOUNT_POINT, root.toString(), FILE_SYSTEM_STATE, state));
    }

    private void disks() {
        meter.counterBuilder("system.disk.io").setUnit("By").buildWithCallback(io -> {
            for (DiskTraffic disk : DiskTraffic.parse(lines("diskstats"))) {
                io.record(disk.bytesRead(), Attributes.of(DEVICE, disk.device(), DISK_DIRECTION, "read"));
                io.record(disk.bytesWritten(), Attributes.of(DEVICE, disk.device(), DISK_DIRECTION, "write"));
            }
        });
        meter.counterBuilder("system.disk.operations").setUnit("{operation}").buildWithCallback(operations -> {
            for (DiskTraffic disk : DiskTraffic.parse(lines("diskstats"))) {
                operations.record(disk.reads(), Attributes.of(DEVICE, disk.device(), DISK_DIRECTION, "read"));
                operations.record(disk.writes(), Attributes.of(DEVICE, disk.device(), DISK_DIRECTION, "write"));
            }
        });
    }

    private void network() {
        meter.counterBuilder("system.network.io").setUnit("By").buildWithCallback(io -> {
            for (NetworkTraffic one : NetworkTraffic.parse(lines("net/dev"))) {
                io.record(one.bytesReceived(), Attributes.of(INTERFACE, one.device(), NETWORK_DIRECTION, "receive"));
                io.record(one.bytesSent(), Attributes.of(INTERFACE, one.device(), NETWORK_DIRECTION, "transmit"));
            }
        });
        meter.counterBuilder("system.network.packet.count").setUnit("{packet}").buildWithCallback(packets -> {
            for (NetworkTraffic one : NetworkTraffic.parse(lines("net/dev"))) {
                packets.record(
                        one.packetsReceived(), Attributes.of(INTERFACE, one.device(), NETWORK_DIRECTION, "receive"));
                packets.record(
                        one.packetsSent(), Attributes.of(INTERFACE, one.device(), NETWORK_DIRECTION, "transmit"));
            }
        });
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
