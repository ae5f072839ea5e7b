package io.tributary.local.part;

import io.tributary.servers.Server;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A part of the system.
 *
 * @param server what to run
 * @param after names of the parts that must be up before this one is started
 * @param variables the variable of the environment that moves each port: number to name
 * @param patience how long it may take from its start until it is up
 */
public record Part(Server server, Set<String> after, Map<Integer, String> variables, Duration patience) {

    public Part {
        after = Set.copyOf(after);
        variables = Map.copyOf(variables);
    }

    public String name() {
        return server.name();
    }
}
