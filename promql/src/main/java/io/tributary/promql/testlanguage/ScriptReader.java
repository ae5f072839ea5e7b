package io.tributary.promql.testlanguage;

import io.tributary.promql.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a script line by line. A command goes on to a blank line or comment, or to a command that is not indented;
 * indented lines after a blank line belong to it as well, unless the first word is a command's.
 */
final class ScriptReader {

    private static final Pattern COMMAND =
            Pattern.compile("(?:clear|load(?:_with_nhcb)?|eval(?:_(?:fail|warn|info|ordered))?)(?:\\s.*)?");
    private static final Pattern LOAD = Pattern.compile("load(_with_nhcb)?\\s+(\\S+)");
    private static final Pattern INSTANT =
            Pattern.compile("eval(?:_(fail|warn|info|ordered))?\\s+instant\\s+at\\s+(\\S+)\\s+(.+)");
    private static final Pattern RANGE = Pattern.compile(
            "eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)\\s+(.+)");

    /** A line without its indentation. */
    private record Line(int number, String text, boolean indented) {}

    private final String[] lines;
    private int next;

    ScriptReader(String text) {
        lines = text.split("\r?\n", -1);
    }

    List<Command> read() {
        List<Command> commands = new ArrayList<>();
        for (Line line = nextLine(); line != null; line = nextLine()) {
            if (!isCommand(line)) {
                throw new ScriptException(
                        line.number, line.text + " (expected: a command: load, load_with_nhcb, clear or eval)");
            }
            commands.add(command(line, block()));
        }
        return commands;
    }

    /** The next line that says something; null at the end. */
    private Line nextLine() {
        while (next < lines.length) {
            Line line = line(next++);
            if (!line.text.isEmpty()) {
                return line;
            }
        }
        return null;
    }

    private Line line(int index) {
        String text = lines[index].strip();
        boolean comment = text.startsWith("#");
        return new Line(index + 1, comment ? "" : text, !lines[index].isEmpty() && lines[index].charAt(0) <= ' ');
    }

    private static boolean isCommand(Line line) {
        return COMMAND.matcher(line.text).matches();
    }

    /** The lines that belong to the command before. */
    private List<Line> block() {
        List<Line> block = new ArrayList<>();
        boolean afterBlank = false;
        while (next < lines.length) {
            Line line = line(next);
            if (!line.text.isEmpty()) {
                boolean ends = afterBlank ? !line.indented || isCommand(line) : !line.indented && isCommand(line);
                if (ends) {
                    break;
                }
                block.add(line);
            }
            afterBlank = line.text.isEmpty();
            next++;
        }
        return block;
    }

    private static Command command(Line line, List<Line> block) {
        if (line.text.equals("clear")) {
            if (!block.isEmpty()) {
                throw new ScriptException(block.getFirst().number, block.getFirst().text + " (expected: a command)");
            }
            return new Command.Clear(line.number);
        }
        return line.text.startsWith("load") ? load(line, block) : eval(line, block);
    }

    private static Command load(Line line, List<Line> block) {
        Matcher load = match(LOAD, line, "load[_with_nhcb] STEP");
        List<SeriesDescription> series =
                block.stream().map(one -> series(one.number, one.text)).toList();
        return new Command.Load(line.number, positive(line, load.group(2)), load.group(1) != null, series);
    }

    private static Command eval(Line line, List<Line> block) {
        Matcher range = RANGE.matcher(line.text);
        if (range.matches()) {
            var when = range(line.number, range.group(2), range.group(3), range.group(4));
            return eval(line, range.group(5), when, range.group(1), block);
        }
        Matcher instant =
                match(INSTANT, line, "eval instant at TIME QUERY, or eval range from START to END step STEP QUERY");
        var when = new When.Instant(duration(line.number, instant.group(2)));
        return eval(line, instant.group(3), when, instant.group(1), block);
    }

    private static Command eval(Line line, String query, When when, String mode, List<Line> block) {
        var expectation = new ExpectationReader(when, mode);
        block.forEach(one -> expectation.read(one.number, one.text));
        return new Command.Eval(line.number, query, when, expectation.result());
    }

    private static Matcher match(Pattern form, Line line, String expected) {
        Matcher matcher = form.matcher(line.text);
        if (!matcher.matches()) {
            throw new ScriptException(line.number, line.text + " (expected: " + expected + ")");
        }
        return matcher;
    }

    static SeriesDescription series(int number, String text) {
        try {
            return SeriesDescription.parse(text);
        } catch (NotationException e) {
            throw new ScriptException(number, e.getMessage());
        }
    }

    static When.Range range(int number, String from, String to, String step) {
        long start = duration(number, from);
        long end = duration(number, to);
        if (end < start) {
            throw new ScriptException(number, "end " + to + " (expected: not before the start, " + from + ")");
        }
        return new When.Range(start, end, positive(new Line(number, "", false), step));
    }

    private static long positive(Line line, String text) {
        long duration = duration(line.number, text);
        if (duration == 0) {
            throw new ScriptException(line.number, "step " + text + " (expected: above 0)");
        }
        return duration;
    }

    /** A duration, or a number of seconds. */
    private static long duration(int number, String text) {
        try {
            return text.matches("\\d{1,12}") ? 1000 * Long.parseLong(text) : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ScriptException(number, e.getMessage());
        }
    }
}
