package io.tributary.local.demo.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What memory is used for, in bytes. Linux: proc(5), {@code /proc/meminfo}.
 *
 * @param byState bytes by OpenTelemetry's {@code system.memory.state}; together all memory
 */
record MemoryUse(Map<String, Long> byState) {
    private static final Pattern LINE = Pattern.compile("(\\w+): +([0-9]+) kB");
    private static final long KILOBYTE = 1024;

    /** The use that the lines of {@code /proc/meminfo} tell of. */
    static MemoryUse parse(List<String> lines) {
        Map<String, Long> values = new HashMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                values.put(matcher.group(1), Long.parseLong(matcher.group(2)) * KILOBYTE);
            }
        }
        long free = values.getOrDefault("MemFree", 0L);
        long buffers = values.getOrDefault("Buffers", 0L);
        long cached = values.getOrDefault("Cached", 0L);
        Map<String, Long> states = new TreeMap<>();
        states.put("used", values.getOrDefault("MemTotal", 0L) - free - buffers - cached);
        states.put("free", free);
        states.put("buffers", buffers);
        states.put("cached", cached);
        return new MemoryUse(states);
    }

    /** The use where only the whole and the free part are known. */
    static MemoryUse of(long total, long free) {
        return new MemoryUse(Map.of("used", total - free, "free", free));
    }
}
