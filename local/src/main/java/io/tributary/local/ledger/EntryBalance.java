package io.tributary.local.ledger;

import java.util.Map;

/**
 * What came into a topic, and by which way.
 *
 * @param topic the topic that they write
 * @param accepted records that clients sent
 * @param published records that clients sent and Kafka acknowledged
 * @param derived records that the gateways made beside them
 * @param retried dead letters that were put back into the topic
 * @param deadLettered records in the dead-letter topic
 * @param refused records that were not taken, and the client was told so, by reason
 * @param inTopic how many records the topic was ever given
 * @param direct records of the topic that nobody tells of: producers that write straight to Kafka
 * @param unexplained records that nobody can tell the fate of; the differences say where
 */
public record EntryBalance(
        String topic,
        long accepted,
        long published,
        long derived,
        long retried,
        long deadLettered,
        Map<String, Long> refused,
        long inTopic,
        long direct,
        long unexplained) {}
