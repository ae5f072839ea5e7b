/** Wiring: configuration, the running topology, the service's own metrics. */
package io.tributary.metrics.config;
