package io.tributary.local.rules;

import io.tributary.local.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary rules}: of rule files, without a system that runs them. */
@Command(name = "rules", description = "Checks and tests rule files of Prometheus.")
public final class RulesCommand implements Runnable {

    static final int DONE = 0;
    static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    private RulesCommand() {}

    /** The command, with those below it. */
    public static CommandLine in(Context context) {
        return new CommandLine(new RulesCommand())
                .addSubcommand(new CheckCommand(context.console()))
                .addSubcommand(new TestCommand(context.console()));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "rules: nothing to do (expected: check or test, and files)");
    }
}
