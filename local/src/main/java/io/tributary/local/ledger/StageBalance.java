package io.tributary.local.ledger;

import java.util.Map;

/**
 * What a stage did with a topic.
 *
 * @param stage the stage: its consumer group
 * @param topic the topic that it reads
 * @param inTopic how many records the topic was ever given
 * @param stored records that are in the store and were not before
 * @param forwarded records that the next stage took over
 * @param duplicates records that were there already
 * @param deadLettered records in the dead-letter topic
 * @param dropped records that were given up on purpose, by reason
 * @param inFlight offsets that are not read yet, or read and not committed
 * @param unexplained records that nobody can tell the fate of; the differences say where
 */
public record StageBalance(
        String stage,
        String topic,
        long inTopic,
        long stored,
        long forwarded,
        long duplicates,
        long deadLettered,
        Map<String, Long> dropped,
        long inFlight,
        long unexplained) {}
