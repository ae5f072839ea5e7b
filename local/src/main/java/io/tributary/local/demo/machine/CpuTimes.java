package io.tributary.local.demo.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a processor has spent its time with since the machine started. Linux: proc(5), {@code /proc/stat}.
 *
 * @param processor its number
 * @param user running programs, in clock ticks
 * @param nice running programs of low priority, in clock ticks
 * @param system running the kernel, in clock ticks
 * @param idle doing nothing, in clock ticks
 * @param iowait waiting for a disk, in clock ticks
 */
record CpuTimes(int processor, long user, long nice, long system, long idle, long iowait) {
    private static final Pattern SPACE = Pattern.compile(" +");
    private static final Pattern PROCESSOR = Pattern.compile("cpu[0-9]+ .*");

    /** All processors that the lines of {@code /proc/stat} tell of. */
    static List<CpuTimes> parse(List<String> lines) {
        List<CpuTimes> all = new ArrayList<>();
        for (String line : lines) {
            if (PROCESSOR.matcher(line).matches()) {
                String[] words = SPACE.split(line, -1);
                all.add(new CpuTimes(
                        Integer.parseInt(words[0].substring("cpu".length())),
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5])));
            }
        }
        return all;
    }

    /** The times by OpenTelemetry's {@code cpu.mode}. */
    TreeMap<String, Long> byMode() {
        TreeMap<String, Long> modes = new TreeMap<>();
        modes.put("user", user);
        modes.put("nice", nice);
        modes.put("system", system);
        modes.put("idle", idle);
        modes.put("iowait", iowait);
        return modes;
    }
}
