/** What the spans of a trace mean together. Plain Java: knows neither Kafka nor Spring. */
package io.tributary.traces.tree;
