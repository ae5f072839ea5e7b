package io.tributary.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process of this machine has used, as Linux tells it. proc(5).
 *
 * @param pid its process id
 */
public record Usage(long pid) {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;

    /** The usage of this process itself. */
    public static Usage ofThisProcess() {
        return new Usage(ProcessHandle.current().pid());
    }

    /** Processor time of all its threads since its start, in seconds, to 10 ms. */
    public double cpuSeconds() {
        String stat = read("stat");
        // The name is in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
    }

    /** Memory that is resident now, in bytes. */
    public long residentBytes() {
        return kilobytes("VmRSS:") << 10;
    }

    /**
     * What of it is the process's own, in bytes: not pages of files, which the system takes back when it needs them.
     */
    public long ownBytes() {
        return kilobytes("RssAnon:") << 10;
    }

    /** The most memory that ever was resident, in bytes. */
    public long peakResidentBytes() {
        return kilobytes("VmHWM:") << 10;
    }

    private long kilobytes(String field) {
        return read("status")
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time of several processes, in seconds. */
    public static double cpuSeconds(List<Usage> processes) {
        return processes.stream().mapToDouble(Usage::cpuSeconds).sum();
    }
}
