package io.tributary.local.command;

import io.tributary.local.Context;
import io.tributary.local.console.Console;
import io.tributary.local.console.State;
import io.tributary.local.part.Part;
import io.tributary.local.running.ChosenPorts;
import io.tributary.local.running.HomeLock;
import io.tributary.local.running.PidFiles;
import io.tributary.local.running.Shutdown;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops every part, in the reverse order of the start; data is kept. */
@Command(name = "down", description = "Stops every part; data is kept.")
public final class DownCommand implements Callable<Integer> {

    private final Context context;
    private final Console console;
    private final PidFiles pids;

    public DownCommand(Context context) {
        this.context = context;
        this.console = context.console();
        this.pids = new PidFiles(context.home().pids());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionalInt code = HomeLock.holding(context.home(), this::bringDown);
        if (code.isEmpty()) {
            console.error("another ./tributary up or down is at work in "
                    + context.home().folder());
        }
        return code.orElse(1);
    }

    private int bringDown() throws InterruptedException {
        List<Part> parts = context.system().parts();
        if (parts.stream().allMatch(part -> pids.find(part.name()).isEmpty())) {
            console.line("Already down: nothing to do.");
        }
        new Shutdown(pids)
                .run(
                        parts,
                        part -> pids.find(part.name()),
                        (part, took) -> console.progress(part.name(), State.STOPPED, took));
        ChosenPorts.of(context.home()).delete();
        return 0;
    }
}
