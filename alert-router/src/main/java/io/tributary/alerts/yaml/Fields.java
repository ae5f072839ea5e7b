package io.tributary.alerts.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The fields of one YAML map, each taken once; what is wrong with them goes to a list of problems. */
public final class Fields {
    private final Map<String, Object> left = new LinkedHashMap<>();
    private final Consumer<String> problems;

    /** The fields of this value; one that is no map counts as a problem and has no fields. */
    public Fields(Object value, Consumer<String> problems) {
        this.problems = problems;
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> left.put(String.valueOf(name), field));
        } else {
            problems.accept("not a map of fields");
        }
    }

    /** A text; the default if the field is absent. */
    public String text(String name, String absent) {
        Object value = left.remove(name);
        if (value == null || value instanceof String) {
            return value == null ? absent : (String) value;
        }
        problems.accept(name + ": not a text");
        return absent;
    }

    /** A value made from a text; the default if the field is absent or cannot be read. */
    public <T> T parsed(String name, T absent, Function<String, T> parser) {
        String value = text(name, "");
        if (value.isEmpty()) {
            return absent;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            problems.accept(name + ": " + e.getMessage());
            return absent;
        }
    }

    /** A list; empty if the field is absent. */
    public List<Object> list(String name) {
        Object value = left.remove(name);
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value != null) {
            problems.accept(name + ": not a list");
        }
        return List.of();
    }

    /** A map of texts, in the order of the file; empty if the field is absent. */
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        Object value = left.remove(name);
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) -> {
                if (text instanceof String || text == null) {
                    texts.put(String.valueOf(key), text == null ? "" : (String) text);
                } else {
                    problems.accept(name + "." + key + ": not a text");
                }
            });
        } else if (value != null) {
            problems.accept(name + ": not a map");
        }
        return texts;
    }

    /** The value of a field as it is; null if it is absent. */
    public Object any(String name) {
        return left.remove(name);
    }

    /** Notes every field that was not taken, with this said of it. */
    public void refuseOthers(String because) {
        left.keySet().forEach(name -> problems.accept("field " + name + " " + because));
        left.clear();
    }
}
