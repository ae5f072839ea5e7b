package io.tributary.promql.template;

import java.util.ArrayList;
import java.util.List;

/** The variables of one template while it is executed; of several of a name the last declared counts. */
final class Variables {

    private final List<String> names = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    int mark() {
        return names.size();
    }

    /** Forgets what was declared since the mark. */
    void forget(int mark) {
        names.subList(mark, names.size()).clear();
        values.subList(mark, values.size()).clear();
    }

    void declare(String name, Object value) {
        names.add(name);
        values.add(value);
    }

    /** Declares a variable, or gives one that is declared another value. */
    void put(String name, Object value, boolean assigns) {
        if (assigns) {
            values.set(names.lastIndexOf(name), value);
        } else {
            declare(name, value);
        }
    }

    /** The parser has seen to it that there is one of this name. */
    Object get(String name) {
        return values.get(names.lastIndexOf(name));
    }
}
