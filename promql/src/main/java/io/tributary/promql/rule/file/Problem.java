package io.tributary.promql.rule.file;

import io.tributary.promql.label.LabelText;
import io.tributary.promql.rule.yaml.Place;

/**
 * One thing that is wrong with a rule file.
 *
 * @param place where; {@link Place#FILE} if it is about the file as a whole
 * @param context the group and the rule as a message begins with them; empty if it is about neither
 */
public record Problem(String file, Place place, String context, String reason) {

    /** Of a group. */
    static String group(String name) {
        return "group " + LabelText.quote(name);
    }

    /** Of a rule; they are counted from 1. */
    static String rule(String group, int number, String name) {
        return group(group) + ", rule " + number + ", " + LabelText.quote(name);
    }

    @Override
    public String toString() {
        return file
                + (place.equals(Place.FILE) ? "" : ":" + place)
                + ": "
                + (context.isEmpty() ? "" : context + ": ")
                + reason;
    }
}
