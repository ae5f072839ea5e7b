package io.tributary.local.dlq;

import io.tributary.local.console.Table;
import io.tributary.schemas.deadletter.DeadLetter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is known of a dead letter without looking into it. Texts are empty where the letter does not tell.
 *
 * @param offset where it lies in its dead-letter topic
 * @param time when it was put there
 * @param reason why, such as {@code not_avro}
 * @param stage who gave up
 * @param source the partition and offset that it was read from, such as {@code tributary.logs-3@17}; the topic alone
 *     for a letter of a gateway, which never reached it
 * @param message why, for people
 * @param bytes the length of its value; 0 if it has none
 * @param retried whether its record went back to its topic
 */
record Letter(
        long offset,
        Instant time,
        String reason,
        String stage,
        String source,
        String message,
        int bytes,
        boolean retried) {

    /** The letter, given the ids of the records that were retried. */
    static Letter of(ConsumerRecord<byte[], byte[]> record, Set<String> retried) {
        Origin origin = Origin.of(record);
        return new Letter(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                text(record, DeadLetter.REASON),
                text(record, DeadLetter.STAGE),
                origin.partition().isPresent() ? origin.id() : text(record, DeadLetter.TOPIC),
                text(record, DeadLetter.MESSAGE),
                record.value() == null ? 0 : record.value().length,
                retried.contains(origin.id()));
    }

    static Table table(Iterable<Letter> letters) {
        Table table = new Table().row("OFFSET", "TIME", "REASON", "STAGE", "FROM", "BYTES", "RETRIED", "MESSAGE");
        for (Letter letter : letters) {
            table.row(
                    Long.toString(letter.offset()),
                    letter.time().truncatedTo(ChronoUnit.SECONDS).toString(),
                    letter.reason(),
                    letter.stage(),
                    letter.source(),
                    Integer.toString(letter.bytes()),
                    letter.retried() ? "yes" : "no",
                    letter.message());
        }
        return table;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        return Origin.header(record, name).replaceAll("\\p{Cntrl}+", " ");
    }
}
