package io.tributary.promql.template;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Functions by name. Immutable. */
public final class Functions {

    private final Map<String, Function> byName;

    private Functions(Map<String, Function> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** Those that Go's templates always know. */
    public static Functions builtIn() {
        return new Functions(Map.of()).with(BuiltIns.ALL);
    }

    /** These and others, which replace those of the same name. */
    public Functions with(Collection<Function> others) {
        var all = new HashMap<>(byName);
        others.forEach(each -> all.put(each.name(), each));
        return new Functions(all);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    Optional<Function> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
