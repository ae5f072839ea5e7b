package io.tributary.local.ledger;

/**
 * A partition of a topic.
 *
 * @param topic the topic's full name
 * @param number the partition, from 0
 */
public record SourcePartition(String topic, int number) {}
