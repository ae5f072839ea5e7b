package io.tributary.promql.engine;

import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Value;

/** What a query gives. */
public record QueryResult(Value value, Annotations annotations) {}
