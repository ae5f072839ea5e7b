package io.tributary.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sessions of the terminal. */
final class Sessions {

    private static final boolean SETSID = Stream.of(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));

    private Sessions() {}

    /**
     * The command in a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it: who started
     * it stops it. As it is, where the system has no {@code setsid}.
     */
    static List<String> own(List<String> command) {
        if (!SETSID) {
            return command;
        }
        var whole = new ArrayList<String>(List.of("setsid"));
        whole.addAll(command);
        return whole;
    }
}
