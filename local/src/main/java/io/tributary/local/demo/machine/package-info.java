/** The machine's processors, memory, disks and network as OpenTelemetry's system metrics. */
package io.tributary.local.demo.machine;
