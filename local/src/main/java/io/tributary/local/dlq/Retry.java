package io.tributary.local.dlq;

import io.tributary.schemas.failure.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Sends the letters of one dead-letter topic back, in batches that are bounded in number and bytes. */
final class Retry {
    private static final int BATCH_LETTERS = 500;
    private static final int BATCH_BYTES = 8 << 20;

    /**
     * What became of the letters.
     *
     * @param topic the dead-letter topic
     * @param retried how many went back
     * @param before how many had gone back before: a record goes back once, however many letters it has
     * @param refused those that cannot go back
     */
    record Result(String topic, int retried, int before, List<Refusal> refused) {
        boolean isEmpty() {
            return retried == 0 && before == 0 && refused.isEmpty();
        }
    }

    /**
     * A letter that cannot go back.
     *
     * @param offset where it lies in its dead-letter topic
     * @param message why
     */
    record Refusal(long offset, String message) {}

    private final String topic;
    private final Set<String> gone;
    private final Consumer<List<ConsumerRecord<byte[], byte[]>>> back;
    private final List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private long batchBytes;
    private int retried;
    private int before;

    /**
     * A retry of this dead-letter topic.
     *
     * @param gone the ids of the records that went back already; grows
     * @param back sends letters back, all or none; throws {@link RejectedException} if one is refused
     */
    Retry(String topic, Set<String> gone, Consumer<List<ConsumerRecord<byte[], byte[]>>> back) {
        this.topic = topic;
        this.gone = gone;
        this.back = back;
    }

    void take(ConsumerRecord<byte[], byte[]> letter) {
        Origin origin = Origin.of(letter);
        if (origin.topic().isEmpty()) {
            refused.add(new Refusal(letter.offset(), "its headers do not name the topic that it came from"));
        } else if (!gone.add(origin.id())) {
            before++;
        } else {
            batch.add(letter);
            batchBytes += Math.max(0, letter.serializedKeySize()) + Math.max(0, letter.serializedValueSize());
            if (batch.size() >= BATCH_LETTERS || batchBytes >= BATCH_BYTES) {
                send();
            }
        }
    }

    Result finish() {
        send();
        return new Result(topic, retried, before, List.copyOf(refused));
    }

    private void send() {
        if (!batch.isEmpty()) {
            send(List.copyOf(batch));
            batch.clear();
            batchBytes = 0;
        }
    }

    private void send(List<ConsumerRecord<byte[], byte[]>> letters) {
        try {
            back.accept(letters);
            retried += letters.size();
        } catch (RejectedException e) {
            if (letters.size() > 1) {
                letters.forEach(letter -> send(List.of(letter)));
            } else {
                refused.add(new Refusal(letters.getFirst().offset(), e.getMessage()));
            }
        }
    }
}
