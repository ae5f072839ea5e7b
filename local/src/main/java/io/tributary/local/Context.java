package io.tributary.local;

import io.tributary.local.console.Console;
import io.tributary.local.part.LocalSystem;
import io.tributary.local.running.ChosenPorts;
import java.util.Map;

/**
 * What every command works with.
 *
 * @param home the system's folders
 * @param environment the variables of the environment
 * @param console where to write
 */
public record Context(Home home, Map<String, String> environment, Console console) {

    public Context {
        environment = Map.copyOf(environment);
    }

    /** Where the system answers: the one that runs, or the one that {@code up} would start. */
    public Endpoints endpoints() {
        return ChosenPorts.of(home).endpoints(environment);
    }

    /** The system of this machine. */
    public LocalSystem system() {
        return new LocalSystem(home, endpoints(), environment);
    }

    /** The system to look at or to send to: another one, where the environment names it. */
    public Target target() {
        return Target.of(environment, endpoints());
    }
}
