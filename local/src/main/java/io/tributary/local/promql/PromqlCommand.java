package io.tributary.local.promql;

import io.tributary.local.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tributary promql}: runs scripts of Prometheus's test language, and checks expressions. */
@Command(name = "promql", description = "Runs scripts of Prometheus's test language, and checks expressions.")
public final class PromqlCommand {

    private PromqlCommand() {}

    /** The command, with those below it. */
    public static CommandLine in(Context context) {
        return new CommandLine(new PromqlCommand())
                .addSubcommand(new TestCommand(context))
                .addSubcommand(new ParseCommand(context));
    }
}
