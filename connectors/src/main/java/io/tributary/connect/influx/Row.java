package io.tributary.connect.influx;

import java.util.Map;
import java.util.SortedMap;

/**
 * A line of the line protocol, not yet written.
 *
 * @param table the measurement or table: letters, digits and underscores
 * @param tags tags or symbols by name; names of letters, digits and underscores; no value is empty
 * @param fields finite numbers by name; at least one
 * @param unixNano when, in nanoseconds since the epoch UTC
 */
public record Row(String table, SortedMap<String, String> tags, Map<String, Double> fields, long unixNano) {}
