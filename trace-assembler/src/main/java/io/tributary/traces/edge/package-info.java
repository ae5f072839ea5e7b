/** Calls between services, summed by window. Plain Java: knows neither Kafka nor Spring. */
package io.tributary.traces.edge;
