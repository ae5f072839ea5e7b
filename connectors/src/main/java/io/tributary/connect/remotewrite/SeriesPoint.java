package io.tributary.connect.remotewrite;

/**
 * One sample as remote write sends it.
 *
 * @param series the series: its labels with {@code __name__}, sorted by name, encoded; equal texts are equal series
 * @param unixMillis when, in milliseconds since the epoch UTC
 * @param value the value, or {@link WriteRequest#STALE}
 */
record SeriesPoint(Series series, long unixMillis, double value) {}
