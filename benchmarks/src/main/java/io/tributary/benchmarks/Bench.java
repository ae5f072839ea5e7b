package io.tributary.benchmarks;

import io.tributary.benchmarks.report.Page;
import io.tributary.benchmarks.stage.Stage;
import io.tributary.benchmarks.stage.Stages;
import io.tributary.benchmarks.system.Stand;
import io.tributary.local.console.Console;
import io.tributary.servers.Distributions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tributary bench}: measures stages, prints what was found, and writes it to the page. */
@Command(name = "bench")
public final class Bench implements Callable<Integer> {
    private final Path root = Path.of(System.getProperty(Distributions.ROOT_PROPERTY, "."))
            .toAbsolutePath()
            .normalize();

    @Option(names = "--size")
    private double size = 1;

    @Parameters(paramLabel = "STAGE")
    private List<String> names = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Console console = Console.ofProcess();
        List<Stage> stages = new ArrayList<>(Stages.all());
        if (!names.isEmpty()) {
            stages.removeIf(stage -> !names.contains(stage.name()));
        }
        if (stages.size() < names.size()) {
            console.error("stages: " + String.join(", ", names) + " (expected: any of "
                    + String.join(", ", Stages.all().stream().map(Stage::name).toList()) + ")");
            return 2;
        }
        Page page = new Page(root.resolve("docs/performance.md"));
        Path folder = Path.of(System.getProperty(
                "bench.home", root.resolve(".tributary/bench").toString()));
        Stand stand = Stand.in(root, folder, console);
        // However it ends, also by Ctrl-C, no process stays.
        Runtime.getRuntime().addShutdownHook(new Thread(stand::close));
        for (Stage stage : stages) {
            console.line("\n" + stage.name());
            String found = stage.measure(stand, size);
            console.line("\n" + found);
            if (size >= 1) {
                page.replace(stage.name(), found);
            }
        }
        return 0;
    }
}
