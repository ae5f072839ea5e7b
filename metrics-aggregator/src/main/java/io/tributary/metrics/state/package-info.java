/** What is kept between records, as compact bytes in Kafka Streams' stores. */
package io.tributary.metrics.state;
