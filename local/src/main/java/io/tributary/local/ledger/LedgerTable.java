package io.tributary.local.ledger;

import io.tributary.local.console.Table;
import io.tributary.schemas.ledger.LedgerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The balance as a table for people. */
final class LedgerTable {
    private static final String NONE = "-";

    private LedgerTable() {}

    static Table of(LedgerBalance balance) {
        Table table = new Table()
                .row(
                        "SIGNAL",
                        "STAGE",
                        "TOPIC",
                        "ACCEPTED",
                        "IN TOPIC",
                        "STORED",
                        "FORWARDED",
                        "DUPLICATES",
                        "DEAD-LETTERED",
                        "DROPPED",
                        "IN FLIGHT",
                        "UNEXPLAINED",
                        "NOTES");
        for (SignalBalance signal : balance.signals()) {
            signal.entries().forEach(entry -> entry(table, signal.signal(), entry));
            signal.stages().forEach(stage -> stage(table, signal.signal(), stage));
        }
        return table;
    }

    private static void entry(Table table, String signal, EntryBalance entry) {
        List<String> notes = new ArrayList<>();
        if (entry.direct() > 0) {
            notes.add(entry.direct() + " written to the topic directly");
        }
        if (entry.derived() > 0) {
            notes.add(entry.derived() + " derived");
        }
        if (entry.retried() > 0) {
            notes.add(entry.retried() + " retried after they were dead letters");
        }
        table.row(
                signal,
                LedgerKey.GATEWAY,
                entry.topic(),
                number(entry.accepted()),
                number(entry.inTopic()),
                NONE,
                number(entry.published()),
                NONE,
                number(entry.deadLettered()),
                reasons("refused ", entry.refused()),
                NONE,
                number(entry.unexplained()),
                String.join(", ", notes));
    }

    private static void stage(Table table, String signal, StageBalance stage) {
        table.row(
                signal,
                stage.stage(),
                stage.topic(),
                NONE,
                number(stage.inTopic()),
                number(stage.stored()),
                number(stage.forwarded()),
                number(stage.duplicates()),
                number(stage.deadLettered()),
                reasons("", stage.dropped()),
                number(stage.inFlight()),
                number(stage.unexplained()),
                "");
    }

    private static String number(long count) {
        return Long.toString(count);
    }

    private static String reasons(String before, Map<String, Long> counts) {
        return counts.isEmpty()
                ? "0"
                : counts.entrySet().stream()
                        .map(one -> before + one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", "));
    }
}
