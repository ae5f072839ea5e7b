package io.tributary.promql.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The series of an intermediate result, one after the other, computed while they are gone through. To be gone through
 * once.
 */
@FunctionalInterface
public interface Columns {

    /** Hands over each series. A column is valid only during the call, and the consumer may change it. */
    void forEach(Consumer<Column> action);

    /** Whether a series may come as several columns of the same labels, no two with something at the same step. */
    default boolean inPieces() {
        return false;
    }

    /** All of them at once, for what cannot be done series by series. */
    default List<Column> toList() {
        var list = new ArrayList<Column>();
        forEach(column -> list.add(column.copy()));
        return list;
    }
}
