package io.tributary.local.running;

import io.tributary.local.part.Part;
import io.tributary.servers.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port that a part needs and something else has.
 *
 * @param part who needs it
 * @param purpose what for
 * @param port its number
 * @param variable the variable of the environment that gives the part another one
 * @param holder who has it, if the system lets us see that
 */
public record PortConflict(String part, String purpose, int port, String variable, Optional<ProcessHandle> holder) {

    /** Every conflict of the parts. */
    public static List<PortConflict> of(List<Part> parts) {
        var conflicts = new ArrayList<PortConflict>();
        for (Part part : parts) {
            part.server().ports().forEach((purpose, port) -> {
                if (!Ports.isFree(port)) {
                    conflicts.add(new PortConflict(
                            part.name(), purpose, port, part.variables().get(port), PortHolder.of(port)));
                }
            });
        }
        return conflicts;
    }

    /** Says which, who and what to do. */
    public String message() {
        String who = holder.map(process -> "process " + process.pid()
                        + process.info()
                                .command()
                                .map(command -> " (" + command + ")")
                                .orElse(""))
                .orElse("another process");
        return "port " + port + " (" + part + ", " + purpose + ") is taken by " + who + ": stop it, or set " + variable
                + " to a free port";
    }
}
