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
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The {@code ./tributary} command. The script in front of it finds a JDK, builds, and shows the help. */
@Command(name = "tributary")
public final class Tributary {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int WIDTH = 100;
    private static final String TEXT = "text";

    private final PrintStream out;

    private Tributary(PrintStream out) {
        this.out = out;
    }

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
        var line = new CommandLine(new Tributary(context.console().out()));
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Shows this text.")
                        .build());
        // Of the command as a whole, people have written the help; of each word, picocli knows more.
        line.setHelpSectionKeys(List.of(TEXT));
        line.getHelpSectionMap().put(TEXT, _ -> text());
        commands(context).forEach(line::addSubcommand);
        line.setUsageHelpWidth(WIDTH);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                Ansi.valueOf(context.console().colour())));
        line.setOut(new PrintWriter(context.console().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(context.console().err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, words) -> {
            context.console().error("./tributary: " + wrong.getMessage());
            context.console().err().println("usage: ./tributary COMMAND (" + seeAlso(wrong.getCommandLine()) + ")");
            return USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, result) -> {
            context.console().error(reason(failure));
            // What people gave cannot be taken, as the message says.
            return failure instanceof IllegalArgumentException ? USAGE : FAILED;
        });
        return line;
    }

    /** For images: the script shows it without a JVM. */
    @Command(name = "help", description = "Shows all commands.")
    void showAll() {
        out.print(text());
    }

    private static String text() {
        try (InputStream text = Tributary.class.getResourceAsStream("help.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String seeAlso(CommandLine asked) {
        String all = "./tributary help lists them";
        String name = asked.getCommandSpec().qualifiedName();
        return asked.getParent() == null ? all : all + "; ./" + name + " --help, its options";
    }

    private static String reason(Throwable failure) {
        if (failure instanceof InterruptedException) {
            return "interrupted";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
