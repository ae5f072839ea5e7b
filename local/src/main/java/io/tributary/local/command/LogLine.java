package io.tributary.local.command;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line of a log, as people read it. */
final class LogLine {

    private static final int WIDTH = 400;

    private LogLine() {}

    /**
     * Time, level, message and cause of a line that is JSON in Elastic's Common Schema, which the services write; any
     * other line as it is. Long ones are cut.
     */
    static String readable(String line) {
        String text = line.startsWith("{") ? fromJson(line) : line;
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
    }

    private static String fromJson(String line) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            String cause = json.path("error").path("message").asString("");
            return (json.path("@timestamp").asString("") + " "
                            + json.path("log").path("level").asString("") + " "
                            + json.path("message").asString("").strip()
                            + (cause.isEmpty() ? "" : ": " + cause))
                    .replace('\n', ' ')
                    .strip();
        } catch (JacksonException e) {
            return line;
        }
    }
}
