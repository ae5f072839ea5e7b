package io.tributary.promql.rule.yaml;

/** Takes what is wrong with a file while it is read on. */
@FunctionalInterface
public interface Complaints {

    void add(Place place, String reason);
}
