package io.tributary.promql.template.alert;

import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.List;

/** Answers queries at the time that a template is expanded for. */
@FunctionalInterface
public interface Query {

    /**
     * The elements of an instant vector, or a number as an element without labels.
     *
     * @throws QueryException if the query cannot be answered, or gives something else
     */
    List<Value.Sample> elements(String expression);
}
