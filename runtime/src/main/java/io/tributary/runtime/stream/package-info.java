/** Kafka Streams stages that account for every record they read. Knows nothing of Spring. */
package io.tributary.runtime.stream;
