package io.tributary.alerts.routing;

import java.util.List;

/** A configuration file that cannot be taken, with every problem of it, a line each. */
public final class RoutingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RoutingException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
