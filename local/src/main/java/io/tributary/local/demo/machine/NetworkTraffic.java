package io.tributary.local.demo.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What went over a network interface since the machine started. Linux: proc(5), {@code /proc/net/dev}.
 *
 * @param device the interface
 * @param bytesReceived how many bytes came in
 * @param packetsReceived how many packets came in
 * @param bytesSent how many bytes went out
 * @param packetsSent how many packets went out
 */
record NetworkTraffic(String device, long bytesReceived, long packetsReceived, long bytesSent, long packetsSent) {
    private static final Pattern SPACE = Pattern.compile(" +");

    /** All interfaces that the lines of {@code /proc/net/dev} tell of. */
    static List<NetworkTraffic> parse(List<String> lines) {
        List<NetworkTraffic> all = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String[] words = SPACE.split(line.substring(colon + 1).strip(), -1);
                all.add(new NetworkTraffic(
                        line.substring(0, colon).strip(),
                        Long.parseLong(words[0]),
                        Long.parseLong(words[1]),
                        Long.parseLong(words[8]),
                        Long.parseLong(words[9])));
            }
        }
        return all;
    }
}
