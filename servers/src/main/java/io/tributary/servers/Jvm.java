package io.tributary.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of Java programs, run by the JDK that runs this process. */
public final class Jvm {

    /** Small, and compiled in full where it is hot: what carries every record on a developer's machine needs. */
    public static final List<String> HOT = List.of(
            "-XX:+UseSerialGC",
            "-XX:ReservedCodeCacheSize=96m",
            "-Xss512k",
            // What compilers and libraries took of the C heap, and gave back to it, goes back to the system.
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:+ExitOnOutOfMemoryError",
            // Netty, Kafka and QuestDB reach outside the heap; the JVM warns of it otherwise.
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Small and quick to start: what a server on a developer's machine needs. */
    public static final List<String> SMALL = options(HOT, "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=64m");

    /**
     * The variable of the environment with further options for the JVMs of what is ours, separated by white space. They
     * come after ours, and so go before them.
     */
    public static final String OPTIONS_VARIABLE = "TRIBUTARY_JAVA_OPTIONS";

    private Jvm() {}

    /** The home of the JDK that runs this process. */
    public static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    /**
     * {@code java <options> <program>}.
     *
     * @param program the main class and its arguments, or {@code -jar} and the like
     */
    public static List<String> command(List<String> options, String... program) {
        var command = new ArrayList<String>();
        command.add(home().resolve("bin/java").toString());
        command.addAll(options);
        command.addAll(List.of(program));
        return command;
    }

    /** {@link #HOT}, these, and what the environment says in {@link #OPTIONS_VARIABLE}. */
    public static List<String> ours(String... more) {
        String further = System.getenv().getOrDefault(OPTIONS_VARIABLE, "").strip();
        List<String> options = options(HOT, more);
        return further.isEmpty() ? options : options(options, further.split("\\s+", -1));
    }

    /** Those options and more. */
    public static List<String> options(List<String> options, String... more) {
        var all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }
}
