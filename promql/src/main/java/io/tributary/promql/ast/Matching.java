package io.tributary.promql.ast;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How elements of two instant vectors find each other.
 *
 * @param on whether the labels are those that must agree; otherwise those that need not
 * @param labels the labels written; with none and not {@code on}: all labels must agree
 * @param cardinality which side may have several elements in a group
 * @param include labels of the "one" side that the result takes over
 * @param fillLeft value of an element missing at the left; absent: no result for the group
 * @param fillRight value of an element missing at the right; absent: no result for the group
 */
public record Matching(
        boolean on,
        List<String> labels,
        Cardinality cardinality,
        List<String> include,
        OptionalDouble fillLeft,
        OptionalDouble fillRight) {

    /** All labels must agree, one to one. */
    public static final Matching DEFAULT = new Matching(
            false, List.of(), Cardinality.ONE_TO_ONE, List.of(), OptionalDouble.empty(), OptionalDouble.empty());

    /** How many elements a group may have on each side. */
    public enum Cardinality {
        ONE_TO_ONE,
        /** {@code group_left}. */
        MANY_TO_ONE,
        /** {@code group_right}. */
        ONE_TO_MANY,
        /** Of set operators. */
        MANY_TO_MANY
    }

    public Matching {
        labels = List.copyOf(labels);
        include = List.copyOf(include);
    }
}
