/** When a trace closes, and in which parts it leaves. Plain Java: knows neither Kafka nor Spring. */
package io.tributary.traces.assembly;
