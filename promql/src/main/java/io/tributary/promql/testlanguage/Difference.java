package io.tributary.promql.testlanguage;

/** One thing in which a query's outcome is not what the script expects, both as the script would write them. */
public record Difference(String expected, String got) {}
