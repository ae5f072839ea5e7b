package io.tributary.local.command;

import io.tributary.local.Context;
import io.tributary.local.connector.ConnectorFailedException;
import io.tributary.local.connector.ConnectorFile;
import io.tributary.local.connector.Connectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a Connect worker its connectors, and waits until all of them run. */
@Command(
        name = "connectors",
        description =
                "Posts the connectors of a folder's JSON files; $${NAME} in them is a variable of the environment.")
public final class ConnectorsCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 3;

    private final Context context;

    @Parameters(paramLabel = "FOLDER", description = "The folder with the .json files.")
    private Path folder;

    public ConnectorsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        String worker = context.target().connect();
        try {
            List<ConnectorFile> files = ConnectorFile.in(folder, context.environment());
            if (files.isEmpty()) {
                context.console().error("connectors: " + folder + " (expected: a folder with .json files)");
                return USAGE;
            }
            new Connectors(worker, files).post();
            files.forEach(file -> context.console().line(file.name() + " runs"));
            return DONE;
        } catch (IllegalArgumentException e) {
            context.console().error(e.getMessage());
            return USAGE;
        } catch (ConnectorFailedException e) {
            context.console().error(e.getMessage());
            return FAILED;
        } catch (IOException e) {
            context.console().error("connect: no answer from " + worker + " (expected: the URL of a Connect worker)");
            return UNAVAILABLE;
        }
    }
}
