package io.tributary.connect.series;

import java.util.SortedMap;

/**
 * One value of one series.
 *
 * @param name the series' name
 * @param labels its labels without {@code __name__}, by name; no value is empty
 * @param unixNano when, in nanoseconds since the epoch UTC
 * @param value the value; NaN and infinities are allowed
 */
public record Sample(String name, SortedMap<String, String> labels, long unixNano, double value) {}
