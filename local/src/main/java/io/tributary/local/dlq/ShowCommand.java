package io.tributary.local.dlq;

import io.tributary.local.Context;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tributary dlq show}: one dead letter with its bytes. */
@Command(name = "show", description = "Shows one dead letter: its cause, and its key and value as they came.")
final class ShowCommand implements Callable<Integer> {
    private static final int SHOWN_BYTES = 4096;

    private final Context context;
    private final DlqCommand dlq;

    @Parameters(index = "0", paramLabel = "TOPIC", description = DlqCommand.TOPIC)
    private String topic;

    @Parameters(index = "1", paramLabel = "OFFSET", description = "The letter's offset in its dead-letter topic.")
    private long offset;

    ShowCommand(Context context, DlqCommand dlq) {
        this.context = context;
        this.dlq = dlq;
    }

    @Override
    public Integer call() throws InterruptedException {
        return dlq.withBox((_, box) -> show(box));
    }

    private int show(KafkaLetterBox box) {
        String name = box.topic(topic);
        var found = new AtomicReference<ConsumerRecord<byte[], byte[]>>();
        box.read(name, record -> {
            if (record.offset() == offset) {
                found.set(record);
            }
        });
        ConsumerRecord<byte[], byte[]> record = found.get();
        if (record == null) {
            throw new NoLetterException(name, offset);
        }
        context.console().table(Letter.table(List.of(Letter.of(record, box.retried(name)))));
        dump("key", record.key());
        dump("value", record.value());
        return DlqCommand.DONE;
    }

    private void dump(String what, byte[] bytes) {
        context.console().line(bytes == null ? what + ": none" : what + ": " + bytes.length + " bytes");
        if (bytes != null) {
            context.console().lines(HexDump.lines(bytes, SHOWN_BYTES));
        }
    }
}
