package io.tributary.local.demo.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What was read from and written to a disk since the machine started. Linux: kernel documentation, "I/O statistics
 * fields", {@code /proc/diskstats}.
 *
 * @param device the disk or partition
 * @param reads how many reads were done
 * @param bytesRead how many bytes were read
 * @param writes how many writes were done
 * @param bytesWritten how many bytes were written
 */
record DiskTraffic(String device, long reads, long bytesRead, long writes, long bytesWritten) {
    private static final Pattern SPACE = Pattern.compile(" +");
    private static final Pattern NO_DISK = Pattern.compile("(loop|ram|zram)[0-9]+");
    private static final int FIELDS = 14;
    private static final long SECTOR = 512;

    /** All disks that the lines of {@code /proc/diskstats} tell of and that were ever used. */
    static List<DiskTraffic> parse(List<String> lines) {
        List<DiskTraffic> all = new ArrayList<>();
        for (String line : lines) {
            String[] words = SPACE.split(line.strip(), -1);
            if (words.length < FIELDS || NO_DISK.matcher(words[2]).matches()) {
                continue;
            }
            DiskTraffic disk = new DiskTraffic(
                    words[2],
                    Long.parseLong(words[3]),
                    Long.parseLong(words[5]) * SECTOR,
                    Long.parseLong(words[7]),
                    Long.parseLong(words[9]) * SECTOR);
            if (disk.reads + disk.writes > 0) {
                all.add(disk);
            }
        }
        return all;
    }
}
