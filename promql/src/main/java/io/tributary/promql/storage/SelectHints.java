package io.tributary.promql.storage;

import java.util.List;

/**
 * What a query does with the series that it selects.
 *
 * @param step between evaluations in milliseconds; 0 for one evaluation
 * @param range of a range selector in milliseconds; 0 for an instant selector
 * @param function the function or aggregation directly around; empty if none
 * @param grouping labels of the aggregation directly around
 * @param by whether those labels are kept ({@code by}) or dropped ({@code without})
 */
public record SelectHints(long step, long range, String function, List<String> grouping, boolean by) {}
