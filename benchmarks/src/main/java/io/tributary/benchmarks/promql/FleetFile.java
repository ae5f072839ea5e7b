package io.tributary.benchmarks.promql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the standard fleet to a file, for {@code promtool tsdb create-blocks-from openmetrics}. */
public final class FleetFile {

    private FleetFile() {}

    /** The first argument is the file, the second, if it is there, how many series; 48 million samples take 4.6 GB. */
    public static void main(String[] arguments) throws IOException {
        try (var out = Files.newBufferedWriter(Path.of(arguments[0]))) {
            (arguments.length > 1 ? Fleet.ofSeries(Integer.parseInt(arguments[1])) : Fleet.STANDARD).write(out);
        }
    }
}
