package io.tributary.traces.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gives one instance of each name, as long as there are not too many. Not for use by several threads at once. */
public final class SharedNames implements UnaryOperator<String> {
    private static final int MOST = 10_000;

    private final Map<String, String> names = new HashMap<>();

    @Override
    public String apply(String name) {
        if (names.size() >= MOST) {
            names.clear();
        }
        return names.computeIfAbsent(name, unseen -> unseen);
    }
}
