package io.tributary.local.dlq;

import io.tributary.local.Context;
import io.tributary.local.console.Table;
import io.tributary.local.kafka.KafkaTarget;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code tributary dlq retry}: dead letters go back to their topics, as they came, once whatever refused them was
 * mended. Whoever gives up on one again writes a new letter, which can be retried in turn.
 */
@Command(name = "retry", description = "Puts dead letters back into the topics that they came from, each once.")
final class RetryCommand implements Callable<Integer> {
    private final Context context;
    private final DlqCommand dlq;

    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = DlqCommand.TOPIC + " All unless told.")
    private String topic;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only those with this reason, such as mapping.")
    private List<String> reasons = List.of();

    @Option(names = "--offset", paramLabel = "OFFSET", description = "Only the letter at this offset; needs TOPIC.")
    private List<Long> offsets = List.of();

    @Option(names = "--json", description = "Prints JSON for machines.")
    private boolean json;

    RetryCommand(Context context, DlqCommand dlq) {
        this.context = context;
        this.dlq = dlq;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (topic == null && !offsets.isEmpty()) {
            context.console().error("--offset: without a topic (expected: TOPIC, which the offset is of)");
            return DlqCommand.USAGE;
        }
        return dlq.withBox(this::retry);
    }

    private int retry(KafkaTarget target, KafkaLetterBox box) {
        List<String> names = topic == null ? box.topics() : List.of(box.topic(topic));
        List<Retry.Result> results = new ArrayList<>();
        try (var kafka = new KafkaRetry(target, Clock.systemUTC())) {
            for (String name : names) {
                Retry retry = new Retry(name, box.retried(name), kafka::retry);
                box.read(name, letter -> {
                    if (isMeant(letter)) {
                        retry.take(letter);
                    }
                });
                results.add(retry.finish());
            }
        }
        if (!offsets.isEmpty() && results.getFirst().isEmpty()) {
            throw new NoLetterException(names.getFirst(), offsets.getFirst());
        }
        print(results);
        return results.stream().allMatch(result -> result.refused().isEmpty()) ? DlqCommand.DONE : DlqCommand.FAILED;
    }

    private void print(List<Retry.Result> results) {
        if (json) {
            context.console().line(DlqCommand.JSON.writeValueAsString(Map.of("topics", results)));
            return;
        }
        Table table = new Table().row("TOPIC", "RETRIED", "RETRIED BEFORE", "NOT RETRIED");
        results.stream()
                .filter(result -> topic != null || !result.isEmpty())
                .forEach(result -> table.row(
                        result.topic(),
                        Integer.toString(result.retried()),
                        Integer.toString(result.before()),
                        Integer.toString(result.refused().size())));
        context.console().table(table);
        results.forEach(result -> result.refused()
                .forEach(refusal -> context.console()
                        .error(result.topic() + " offset " + refusal.offset() + ": " + refusal.message())));
    }

    private boolean isMeant(ConsumerRecord<byte[], byte[]> letter) {
        return (offsets.isEmpty() || offsets.contains(letter.offset()))
                && (reasons.isEmpty()
                        || reasons.contains(Letter.of(letter, Set.of()).reason()));
    }
}
