package io.tributary.promql.template;

import java.util.Optional;

/** A value with fields and methods that templates reach by their names. Its {@code toString} is what is printed. */
public interface Struct extends Typed {

    /**
     * A field's value, or a method as a {@link Function}.
     *
     * @return empty if there is none of that name
     */
    Optional<Object> field(String name);
}
