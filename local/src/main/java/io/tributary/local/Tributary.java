package io.tributary.local;

import io.tributary.local.command.ConnectorsCommand;
import io.tributary.local.command.DownCommand;
import io.tributary.local.command.LogsCommand;
import io.tributary.local.command.StatusCommand;
import io.tributary.local.command.UpCommand;
import io.tributary.local.console.Console;
import io.tributary.local.demo.DemoCommand;
import io.tributary.local.dlq.DlqCommand;
import io.tributary.local.ledger.LedgerCommand;
import io.tributary.local.promql.PromqlCommand;
import io.tributary.local.rules.RulesCommand;
import io.tributary.servers.Distributions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code ./tributary} command. The script in front of it finds a JDK, builds, and shows the help. */
@Command(name = "tributary")
public final class Tributary {

    private static final int USAGE = 2;

    private Tributary() {}

    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty(Distributions.ROOT_PROPERTY, "."));
        var context = new Context(Home.of(root, System.getenv()), System.getenv(), Console.ofProcess());
        System.exit(commandLine(context).execute(arguments));
    }

    /** One command for each word. */
    static List<Object> commands(Context context) {
        return List.of(
                new UpCommand(context),
                new DownCommand(context),
                new StatusCommand(context),
                new LogsCommand(context),
                new DemoCommand(context),
                new LedgerCommand(context),
                DlqCommand.in(context),
                PromqlCommand.in(context),
                RulesCommand.in(context),
                new ConnectorsCommand(context));
    }

    static CommandLine commandLine(Context context) {
        var line = new CommandLine(new Tributary());
        commands(context).forEach(line::addSubcommand);
        line.setOut(new PrintWriter(context.console().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(context.console().err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, words) -> {
            context.console().error("./tributary: " + wrong.getMessage());
            context.console().err().println("usage: ./tributary COMMAND (./tributary help lists them)");
            return USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, result) -> {
            context.console().error(reason(failure));
            return 1;
        });
        return line;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof InterruptedException) {
            return "interrupted";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
