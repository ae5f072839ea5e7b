package io.tributary.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The addresses on which a process listens for TCP connections, from {@code proc(5)}. */
final class Listeners {

    private static final String LISTENING = "0A";
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    private Listeners() {}

    /** Those that are not of the loopback interface: hexadecimal address and port. */
    static List<String> beyondLoopback(long pid) throws IOException {
        Set<String> sockets = sockets(pid);
        var found = new ArrayList<String>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns[3].equals(LISTENING)
                        && sockets.contains("socket:[" + columns[9] + "]")
                        && !LOOPBACK.contains(columns[1].substring(0, columns[1].indexOf(':')))) {
                    found.add(columns[1]);
                }
            }
        }
        return found;
    }

    private static Set<String> sockets(long pid) throws IOException {
        var sockets = new HashSet<String>();
        try (var files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                sockets.add(Files.readSymbolicLink(file).toString());
            }
        }
        return sockets;
    }
}
