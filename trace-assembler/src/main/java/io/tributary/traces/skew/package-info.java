/** Clocks that disagree. Plain Java: knows neither Kafka nor Spring. */
package io.tributary.traces.skew;
