/** Metric points and rollups as Prometheus sees them: samples of named series. Plain Java. */
package io.tributary.connect.series;
