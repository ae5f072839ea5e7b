package io.tributary.local.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds who listens on a port, where the system tells ({@code proc(5)}) and this user may see it. */
final class PortHolder {

    private static final String LISTENING = "0A";

    private PortHolder() {}

    static Optional<ProcessHandle> of(int port) {
        var sockets = new HashSet<String>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                sockets.addAll(sockets(Files.readAllLines(Path.of(table)), port));
            } catch (IOException e) {
                // No such table on this system: nobody can be named, and the port is taken all the same.
            }
        }
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holdsAny(process, sockets))
                        .findFirst();
    }

    /** The sockets that listen on the port, named as {@code /proc/<pid>/fd} names them. */
    static Set<String> sockets(List<String> table, int port) {
        String suffix = ":%04X".formatted(port);
        var found = new HashSet<String>();
        for (String line : table) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
                found.add("socket:[" + columns[9] + "]");
            }
        }
        return found;
    }

    private static boolean holdsAny(ProcessHandle process, Set<String> sockets) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return files.anyMatch(file -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(file).toString());
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }
}
