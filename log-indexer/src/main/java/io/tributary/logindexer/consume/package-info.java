/** Reads log records from Kafka, hands them to Elasticsearch, and commits what is settled. */
package io.tributary.logindexer.consume;
