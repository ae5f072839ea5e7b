package io.tributary.local.dlq;

import io.tributary.local.Context;
import io.tributary.local.console.Table;
import io.tributary.local.kafka.KafkaOptions;
import io.tributary.local.kafka.KafkaTarget;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@code tributary dlq}: what could never be processed, and why. Payloads are shown only where one is asked for. */
@Command(name = "dlq", description = "Shows dead letters: counts by topic and reason, or the newest of one topic.")
public final class DlqCommand implements Callable<Integer> {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final String TOPIC = "The topic, such as logs, tributary.logs or tributary.logs.dlq.";

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Context context;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = TOPIC)
    private String topic;

    @Option(names = "--json", description = "Prints JSON for machines.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "LETTERS",
            defaultValue = "20",
            description = "How many of the newest letters are listed: ${DEFAULT-VALUE} unless told.")
    private int limit;

    private DlqCommand(Context context) {
        this.context = context;
    }

    /** The command, with those below it. */
    public static CommandLine in(Context context) {
        DlqCommand dlq = new DlqCommand(context);
        return new CommandLine(dlq)
                .addSubcommand(new ShowCommand(context, dlq))
                .addSubcommand(new RetryCommand(context, dlq));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1) {
            context.console().error("--limit: " + limit + " (expected: at least 1)");
            return USAGE;
        }
        return withBox((_, box) -> topic == null ? listTopics(box, box.topics()) : listLetters(box, box.topic(topic)));
    }

    /** Does the work on the system that the options name and returns its exit code, or says why it cannot be done. */
    int withBox(ToIntBiFunction<KafkaTarget, KafkaLetterBox> work) throws InterruptedException {
        return kafka.run(context, target -> {
            try (var box = new KafkaLetterBox(target)) {
                return work.applyAsInt(target, box);
            } catch (NoLetterException e) {
                context.console().error(e.getMessage());
                return FAILED;
            }
        });
    }

    private int listTopics(KafkaLetterBox box, List<String> topics) {
        Map<String, Map<String, Long>> letters = new TreeMap<>();
        Map<String, Map<String, Long>> retried = new TreeMap<>();
        for (String name : topics) {
            Set<String> gone = box.retried(name);
            box.read(name, record -> {
                Letter letter = Letter.of(record, gone);
                count(letters, name, letter.reason(), 1);
                count(retried, name, letter.reason(), letter.retried() ? 1 : 0);
            });
        }
        if (json) {
            context.console().line(JSON.writeValueAsString(Map.of("topics", letters, "retried", retried)));
        } else if (letters.isEmpty()) {
            context.console().line("No dead letters.");
        } else {
            Table table = new Table().row("TOPIC", "REASON", "LETTERS", "RETRIED");
            letters.forEach((name, reasons) -> reasons.forEach((reason, number) -> table.row(
                    name,
                    reason,
                    Long.toString(number),
                    Long.toString(retried.get(name).get(reason)))));
            context.console().table(table);
        }
        return DONE;
    }

    private static void count(Map<String, Map<String, Long>> counts, String topic, String reason, long letters) {
        counts.computeIfAbsent(topic, unseen -> new TreeMap<>()).merge(reason, letters, Long::sum);
    }

    private int listLetters(KafkaLetterBox box, String name) {
        Set<String> gone = box.retried(name);
        Deque<Letter> newest = new ArrayDeque<>();
        box.read(name, record -> {
            newest.addFirst(Letter.of(record, gone));
            if (newest.size() > limit) {
                newest.removeLast();
            }
        });
        if (json) {
            context.console().line(JSON.writeValueAsString(Map.of("topic", name, "letters", newest)));
        } else if (newest.isEmpty()) {
            context.console().line("No dead letters in " + name + ".");
        } else {
            context.console().table(Letter.table(newest));
        }
        return DONE;
    }
}
