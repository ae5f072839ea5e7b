package io.tributary.local.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;

/**
 * Where commands write. Whole lines, safe to be called by several threads.
 *
 * @param out for what was asked for
 * @param err for what went wrong
 * @param colour whether states are coloured: on a terminal only
 */
public record Console(PrintStream out, PrintStream err, boolean colour) {

    /**
     * The process's own; coloured if the property {@code tributary.terminal} is true and {@code NO_COLOR} is not set,
     * or empty (https://no-color.org).
     */
    public static Console ofProcess() {
        boolean refused = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(System.out, System.err, Boolean.getBoolean("tributary.terminal") && !refused);
    }

    public void line(String text) {
        out.println(text);
    }

    public void lines(Iterable<String> text) {
        text.forEach(out::println);
    }

    public void error(String text) {
        err.println(paint(Colour.RED, text));
    }

    /** A line that says whether all is well. */
    public void verdict(boolean good, String text) {
        out.println(paint(good ? Colour.GREEN : Colour.RED, text));
    }

    /** A line about a part: its name, what became of it, how long that took. */
    public void progress(String name, State state, Duration took) {
        out.println(String.format(
                Locale.ROOT,
                "  %-20s %s %6.1f s",
                name,
                paint(state.colour(), "%-8s".formatted(state.word())),
                took.toMillis() / 1e3));
    }

    /** The table, its words for states coloured. */
    public void table(Table table) {
        table.lines().forEach(line -> out.println(colour ? paintStates(line) : line));
    }

    private String paintStates(String line) {
        String painted = line;
        for (State state : State.values()) {
            painted = painted.replaceFirst(
                    "(?<= )" + state.word() + "(?= )", Matcher.quoteReplacement(paint(state.colour(), state.word())));
        }
        return painted;
    }

    private String paint(Colour chosen, String text) {
        return colour ? "\u001b[" + chosen.code + "m" + text + "\u001b[0m" : text;
    }

    /** The few colours that both dark and light terminals show well. */
    enum Colour {
        RED(31),
        GREEN(32),
        YELLOW(33);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}
