/** The Prometheus remote-write sink, for Prometheus, VictoriaMetrics, Mimir and others. */
package io.tributary.connect.remotewrite;
