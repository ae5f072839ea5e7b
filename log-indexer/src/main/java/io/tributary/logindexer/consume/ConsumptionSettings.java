package io.tributary.logindexer.consume;

import io.tributary.delivery.offset.WaterMarks;
import java.time.Duration;

/**
 * How to consume.
 *
 * @param topic the topic
 * @param instance the name of this process in the ledger; may be empty
 * @param waterMarks bytes in flight at which reading rests and goes on
 * @param commitInterval how often what is settled is committed
 * @param drain how long to wait at the end, or when partitions leave, for what is in flight
 */
public record ConsumptionSettings(
        String topic, String instance, WaterMarks waterMarks, Duration commitInterval, Duration drain) {}
