package io.tributary.promql.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The series of an intermediate result, one after the other, computed while they are gone through. */
@FunctionalInterface
public interface Columns {

    /** Hands over each series once. A column is valid only during the call. */
    void forEach(Consumer<Column> action);

    /** All of them at once, for what cannot be done series by series. */
    default List<Column> toList() {
        var list = new ArrayList<Column>();
        forEach(column -> list.add(column.copy()));
        return list;
    }
}
