package io.tributary.local;

import io.tributary.local.part.Port;
import io.tributary.servers.Distributions;
import io.tributary.servers.Jvm;
import io.tributary.servers.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real {@code ./tributary}, with a folder and ports of its own.
 *
 * @param home the value of {@code TRIBUTARY_HOME}
 * @param ports free ones
 */
record Script(Path home, Map<Port, Integer> ports) {

    /** What a run of the script gave. */
    record Result(int code, String output, Duration took) {}

    /** What the environment of the script says of JVMs. */
    static final String JAVA_OPTIONS = "-Dfrom.environment=true -Xms40m";

    private static final long LIMIT_MINUTES = 4;

    static Script in(Path home) {
        var ports = new EnumMap<Port, Integer>(Port.class);
        for (Port port : Port.values()) {
            ports.put(port, Ports.free());
        }
        return new Script(home, ports);
    }

    Result run(String... words) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start(words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("./tributary " + String.join(" ", words) + " did not end:\n" + output);
        }
        return new Result(process.exitValue(), output, Duration.ofNanos(System.nanoTime() - begin));
    }

    Process start(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add(root().resolve("tributary").toString());
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put(Home.VARIABLE, home.toString());
        builder.environment().put(Jvm.OPTIONS_VARIABLE, JAVA_OPTIONS);
        ports.forEach((port, number) -> builder.environment().put(port.variable(), number.toString()));
        return builder.start();
    }

    /** The processes that the script has left: all whose command names the folder. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    static Path root() {
        return Path.of(System.getProperty(Distributions.ROOT_PROPERTY)).toAbsolutePath();
    }
}
