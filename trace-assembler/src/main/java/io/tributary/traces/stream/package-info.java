/** The Kafka Streams topology: spans in, traces and service edges out. Knows nothing of Spring. */
package io.tributary.traces.stream;
