package io.tributary.it.system;

import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run of a command gave.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained of
 * @param took how long it ran
 */
public record Result(int code, String out, String err, Duration took) {

    /** What it printed, as JSON. */
    public JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    @Override
    public String toString() {
        return "exit " + code + " after " + took.toMillis() + " ms\n" + out + err;
    }
}
