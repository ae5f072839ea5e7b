package io.tributary.local.console;

import io.tributary.local.console.Console.Colour;
import java.util.Locale;

/** The state of a part. */
public enum State {
    /** Its process runs and it says that it is ready. */
    UP(Colour.GREEN),
    /** Its process runs, and it is not ready. */
    NOT_READY(Colour.YELLOW),
    /** It has no process. */
    DOWN(Colour.RED),
    /** It was stopped just now. */
    STOPPED(Colour.GREEN),
    /** It could not be started. */
    FAILED(Colour.RED);

    private final Colour colour;

    State(Colour colour) {
        this.colour = colour;
    }

    /** The name for people and for JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Colour colour() {
        return colour;
    }
}
