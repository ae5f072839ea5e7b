package io.tributary.local.command;

import io.tributary.local.Context;
import io.tributary.local.part.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the log of a part, and what is added to it. */
@Command(name = "logs", description = "Shows the log of a part.")
public final class LogsCommand implements Callable<Integer> {

    private final Context context;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is added, until stopped.")
    private boolean follow;

    @Parameters(paramLabel = "PART", description = "The part, as status names it.")
    private String name;

    public LogsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Part> parts = context.system().parts();
        Optional<Path> log = parts.stream()
                .filter(part -> part.name().equals(name))
                .map(part -> part.server().log())
                .findFirst();
        if (log.isEmpty()) {
            context.console()
                    .error("logs: " + name + " (expected: one of "
                            + String.join(", ", parts.stream().map(Part::name).toList()) + ")");
            return 2;
        }
        if (!Files.exists(log.get())) {
            context.console().error(name + " has no log: it was never started");
            return 1;
        }
        new LogStream(log.get(), context.console().out()).copy(follow);
        return 0;
    }
}
