/** From {@code metrics} to {@code metrics.rollup}: the Kafka Streams topology. Knows nothing of Spring. */
package io.tributary.metrics.stream;
