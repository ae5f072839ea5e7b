/** Logs from Kafka into Elasticsearch data streams. */
package io.tributary.logindexer;
