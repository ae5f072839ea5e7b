package io.tributary.local.dlq;

import io.tributary.local.Context;
import io.tributary.local.console.Table;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@code tributary dlq}: what could never be processed, and why. Payloads are shown only where one is asked for. */
@Command(name = "dlq", description = "Shows dead letters: counts by topic and reason, or the newest of one topic.")
public final class DlqCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int MISSING = 1;
    private static final int UNAVAILABLE = 3;
    private static final int SHOWN_BYTES = 4096;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            description = "The topic, such as logs, tributary.logs or tributary.logs.dlq.")
    private String topic;

    @Option(names = "--json", description = "Prints JSON for machines.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "LETTERS",
            defaultValue = "20",
            description = "How many of the newest letters are listed: ${DEFAULT-VALUE} unless told.")
    private int limit;

    @Option(
            names = "--show",
            paramLabel = "OFFSET",
            description = "Shows the key and value of the letter at this offset of its dead-letter topic.")
    private Long show;

    public DlqCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var box = new KafkaLetterBox(context.endpoints().kafka())) {
            List<String> topics = box.topics(Topics.DEFAULT_PREFIX);
            if (topic == null) {
                return listTopics(box, topics);
            }
            Optional<String> found =
                    topics.stream().filter(name -> isMeant(name, topic)).findFirst();
            if (found.isEmpty()) {
                context.console()
                        .error("dlq: " + topic + " has no dead-letter topic (expected: one of "
                                + String.join(", ", topics) + ")");
                return MISSING;
            }
            return show == null ? listLetters(box, found.get()) : showLetter(box, found.get());
        } catch (RetryableException e) {
            context.console().error(e.getMessage());
            return UNAVAILABLE;
        }
    }

    /** Whether this is the dead-letter topic, or the topic that has it, with or without the prefix. */
    static boolean isMeant(String deadLetterTopic, String word) {
        String full = word.startsWith(Topics.DEFAULT_PREFIX) ? word : Topics.DEFAULT_PREFIX + word;
        return deadLetterTopic.equals(full) || deadLetterTopic.equals(full + Topic.DEAD_LETTER_SUFFIX);
    }

    private int listTopics(KafkaLetterBox box, List<String> topics) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (String name : topics) {
            box.read(
                    name,
                    record -> counts.computeIfAbsent(name, unseen -> new TreeMap<>())
                            .merge(Letter.of(record).reason(), 1L, Long::sum));
        }
        if (json) {
            context.console().line(JSON.writeValueAsString(Map.of("topics", counts)));
        } else if (counts.isEmpty()) {
            context.console().line("No dead letters.");
        } else {
            Table table = new Table().row("TOPIC", "REASON", "LETTERS");
            counts.forEach((name, reasons) ->
                    reasons.forEach((reason, letters) -> table.row(name, reason, Long.toString(letters))));
            context.console().table(table);
        }
        return DONE;
    }

    private int listLetters(KafkaLetterBox box, String name) {
        Deque<Letter> newest = new ArrayDeque<>();
        box.read(name, record -> {
            newest.addFirst(Letter.of(record));
            if (newest.size() > limit) {
                newest.removeLast();
            }
        });
        if (json) {
            context.console().line(JSON.writeValueAsString(Map.of("topic", name, "letters", newest)));
        } else if (newest.isEmpty()) {
            context.console().line("No dead letters in " + name + ".");
        } else {
            context.console().table(table(newest));
        }
        return DONE;
    }

    private static Table table(Iterable<Letter> letters) {
        Table table = new Table().row("OFFSET", "TIME", "REASON", "STAGE", "FROM", "BYTES", "MESSAGE");
        for (Letter letter : letters) {
            table.row(
                    Long.toString(letter.offset()),
                    letter.time().truncatedTo(ChronoUnit.SECONDS).toString(),
                    letter.reason(),
                    letter.stage(),
                    letter.source(),
                    Integer.toString(letter.bytes()),
                    letter.message());
        }
        return table;
    }

    private int showLetter(KafkaLetterBox box, String name) {
        var found = new AtomicReference<ConsumerRecord<byte[], byte[]>>();
        box.read(name, record -> {
            if (record.offset() == show) {
                found.set(record);
            }
        });
        if (found.get() == null) {
            context.console().error("dlq: " + name + " has no letter at offset " + show);
            return MISSING;
        }
        context.console().table(table(List.of(Letter.of(found.get()))));
        dump("key", found.get().key());
        dump("value", found.get().value());
        return DONE;
    }

    private void dump(String what, byte[] bytes) {
        context.console().line(bytes == null ? what + ": none" : what + ": " + bytes.length + " bytes");
        if (bytes != null) {
            context.console().lines(HexDump.lines(bytes, SHOWN_BYTES));
        }
    }
}
