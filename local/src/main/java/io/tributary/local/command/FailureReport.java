package io.tributary.local.command;

import io.tributary.local.Home;
import io.tributary.servers.ServerFailedException;
import java.util.ArrayList;
import java.util.List;

/** Which part did not start, why, what its log says last, and what to do. */
final class FailureReport {

    private FailureReport() {}

    static List<String> lines(ServerFailedException failure, Home home) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(failure.server() + ": " + failure.reason());
        if (failure.log().isEmpty()) {
            lines.add("  its log is empty");
        } else {
            lines.add("  the last lines of its log:");
            failure.log().forEach(line -> lines.add("  | " + LogLine.readable(line)));
        }
        lines.add("What to do: " + advice(failure, home));
        return lines;
    }

    private static String advice(ServerFailedException failure, Home home) {
        String log = String.join("\n", failure.log());
        if (log.contains("Address already in use") || log.contains("BindException")) {
            return "free the port that the log names, or choose another: ./tributary help lists the variables";
        }
        if (log.contains("OutOfMemoryError") || log.contains("Cannot allocate memory")) {
            return "free some memory (the whole system takes up to 4 GB), then ./tributary up again";
        }
        if (log.contains("unshare failed")) {
            return "Elasticsearch refuses root, and other users may not enter a folder on the way to "
                    + home.data(failure.server()) + " or to its program: open those folders (chmod o+x), or move them";
        }
        if (log.contains("No space left on device")) {
            return "free some space on the disk of " + home.folder();
        }
        return "./tributary logs " + failure.server() + " shows the whole log. If the data is to blame, delete "
                + home.data(failure.server()) + " and start again";
    }
}
