package io.tributary.promql.testlanguage;

import java.util.List;

/** A script of Prometheus's test language: data, queries, and what they must give. */
public record Script(List<Command> commands) {

    public Script {
        commands = List.copyOf(commands);
    }

    /**
     * The script that a text is.
     *
     * @throws ScriptException at the first line that cannot be read
     */
    public static Script parse(String text) {
        return new Script(new ScriptReader(text).read());
    }
}
