package io.tributary.delivery.bulk;

import io.tributary.delivery.retry.Backoff;
import io.tributary.delivery.retry.Pause;
import io.tributary.schemas.failure.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Carries one batch to its end: sends it again, whole, in halves or what is left of it, until every item is settled.
 * Safe for use by many threads, each with a batch of its own.
 */
final class BulkDelivery {
    private record Settled(BulkItem item, Settlement settlement) {}

    private final BulkSender sender;
    private final ReplayCheck replays;
    private final BulkQueue queue;
    private final Circuit circuit;
    private final BiConsumer<BulkItem, Settlement> settle;
    private final BulkObserver observer;
    private final Backoff backoff;
    private final Backoff held;
    private final Pause pause;

    BulkDelivery(
            BulkSender sender,
            ReplayCheck replays,
            BulkQueue queue,
            Circuit circuit,
            BiConsumer<BulkItem, Settlement> settle,
            BulkObserver observer,
            Backoff backoff,
            Backoff held,
            Pause pause) {
        this.sender = sender;
        this.replays = replays;
        this.queue = queue;
        this.circuit = circuit;
        this.settle = settle;
        this.observer = observer;
        this.backoff = backoff;
        this.held = held;
        this.pause = pause;
    }

    /** Tries without end until Elasticsearch is there and has the templates. */
    void prepare() throws InterruptedException {
        int failures = 0;
        for (BulkSender.Attempt attempt = sender.prepare();
                attempt.verdict() != RequestVerdict.ITEMS;
                attempt = sender.prepare()) {
            circuit.interrupted(attempt.message(), attempt.verdict() != RequestVerdict.RETRY);
            pause.pause(backoff.after(++failures));
        }
        circuit.flows();
    }

    void deliver(List<BulkItem> batch) throws InterruptedException {
        Map<String, List<BackingIndices.Backing>> asked = indices(batch);
        Deque<List<BulkItem>> parts = new ArrayDeque<>();
        parts.push(withoutReplays(batch));
        int failures = 0;
        while (!parts.isEmpty()) {
            List<BulkItem> part = parts.pop();
            if (part.isEmpty()) {
                continue;
            }
            try {
                failures = attempt(part, asked, parts, failures);
            } catch (RuntimeException | Error e) {
                // It must not end who sends: nobody would settle the part, nor notice. Its words may be secret.
                again(part, ItemVerdict.HOLD, "a defect of ours: " + e.getClass(), parts, ++failures);
            }
        }
    }

    /**
     * Sends a part, settles what is settled, puts back what is not, and returns the failures in a row. Whatever is
     * thrown is thrown before anything of the part is settled or put back.
     */
    private int attempt(
            List<BulkItem> part,
            Map<String, List<BackingIndices.Backing>> asked,
            Deque<List<BulkItem>> parts,
            int failures)
            throws InterruptedException {
        BulkSender.Attempt attempt = sender.send(part);
        switch (attempt.verdict()) {
            case ITEMS -> {
                return readItems(part, attempt, asked, parts, failures);
            }
            case TOO_LARGE -> split(part, Reason.TOO_LARGE, attempt.message(), parts);
            case MALFORMED -> split(part, Reason.STORE_REFUSED, attempt.message(), parts);
            case THROTTLED, RETRY, HOLD, UNAUTHORIZED -> {
                ItemVerdict why = switch (attempt.verdict()) {
                    case THROTTLED -> ItemVerdict.THROTTLED;
                    case RETRY -> ItemVerdict.RETRY;
                    default -> ItemVerdict.HOLD;
                };
                again(part, why, attempt.message(), parts, failures + 1);
                return failures + 1;
            }
        }
        return failures;
    }

    private int readItems(
            List<BulkItem> part,
            BulkSender.Attempt attempt,
            Map<String, List<BackingIndices.Backing>> asked,
            Deque<List<BulkItem>> parts,
            int failures)
            throws InterruptedException {
        BitSet doubled;
        try {
            doubled = removeDoubles(part, attempt.items(), asked);
        } catch (IOException e) {
            // Sent again, all of them are duplicates, and what is doubled is looked for again.
            again(part, ItemVerdict.RETRY, e.toString(), parts, failures + 1);
            return failures + 1;
        }
        List<Settled> settled = new ArrayList<>();
        List<BulkItem> left = new ArrayList<>();
        ItemVerdict worst = ItemVerdict.RETRY;
        String message = "";
        for (int i = 0; i < part.size(); i++) {
            BulkItem item = part.get(i);
            BulkAnswer.Item answer = attempt.items().get(i);
            ItemVerdict verdict = doubled.get(i) ? ItemVerdict.DUPLICATE : ItemVerdict.of(item.operation(), answer);
            switch (verdict) {
                case STORED -> settled.add(new Settled(item, new Settlement.Stored(false)));
                case DIVERTED -> settled.add(new Settled(item, new Settlement.Stored(true)));
                case DUPLICATE -> settled.add(new Settled(item, new Settlement.Duplicate()));
                case CONFLICT -> settled.add(new Settled(item, new Settlement.Conflict()));
                case RETRY, THROTTLED, HOLD -> {
                    left.add(item);
                    if (left.size() == 1 || verdict.compareTo(worst) > 0) {
                        worst = verdict;
                        message = item.target() + ": " + answer.status() + ' '
                                + answer.error().type();
                    }
                }
                case UNMAPPABLE, TOO_LARGE, REFUSED ->
                    settled.add(new Settled(item, Rejection.of(verdict.reason().orElseThrow(), answer.error())));
            }
        }
        settled.forEach(one -> settle.accept(one.item(), one.settlement()));
        if (left.isEmpty()) {
            circuit.flows();
            queue.grow();
            return 0;
        }
        // As long as some get through, the pause need not grow.
        int failuresNow = left.size() < part.size() ? 1 : failures + 1;
        again(left, worst, message, parts, failuresNow);
        return failuresNow;
    }

    private Map<String, List<BackingIndices.Backing>> indices(List<BulkItem> batch) throws InterruptedException {
        return asked(() -> replays.indices(batch));
    }

    /** Settles the items that an older backing index has, and returns the others. */
    private List<BulkItem> withoutReplays(List<BulkItem> batch) throws InterruptedException {
        BitSet stored = asked(() -> replays.stored(batch));
        List<BulkItem> fresh = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (stored.get(i)) {
                settle.accept(batch.get(i), new Settlement.Duplicate());
            } else {
                fresh.add(batch.get(i));
            }
        }
        return fresh;
    }

    /** A question to Elasticsearch. */
    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    /** Asks without end until there is an answer. */
    private <T> T asked(Question<T> question) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return question.ask();
            } catch (IOException e) {
                circuit.interrupted("Elasticsearch cannot be asked for what it has: " + e, false);
            } catch (RuntimeException | Error e) {
                circuit.interrupted("Elasticsearch cannot be asked for what it has: " + e.getClass(), true);
            }
            pause.pause(backoff.after(failures));
        }
    }

    /** After a rollover that nobody foresaw: takes out what an older backing index has too, and tells which. */
    private BitSet removeDoubles(
            List<BulkItem> part, List<BulkAnswer.Item> answers, Map<String, List<BackingIndices.Backing>> asked)
            throws IOException, InterruptedException {
        BitSet unforeseen = replays.unforeseen(part, answers, asked);
        if (unforeseen.isEmpty()) {
            return unforeseen;
        }
        BitSet doubled = replays.stored(part);
        doubled.and(unforeseen);
        for (int i = doubled.nextSetBit(0); i >= 0; i = doubled.nextSetBit(i + 1)) {
            replays.remove(answers.get(i).index(), part.get(i).id());
        }
        return doubled;
    }

    private void split(List<BulkItem> part, Reason reason, String message, Deque<List<BulkItem>> parts) {
        if (part.size() == 1) {
            settle.accept(part.getFirst(), new Settlement.Rejected(reason, message));
        } else {
            pushHalves(part, parts);
        }
    }

    private void again(List<BulkItem> left, ItemVerdict why, String message, Deque<List<BulkItem>> parts, int failures)
            throws InterruptedException {
        observer.retried(left.size(), why);
        circuit.interrupted(message, why == ItemVerdict.HOLD);
        if (why == ItemVerdict.THROTTLED && left.size() > 1) {
            queue.shrink();
            pushHalves(left, parts);
        } else {
            parts.push(left);
        }
        pause.pause((why == ItemVerdict.HOLD ? held : backoff).after(failures));
    }

    private static void pushHalves(List<BulkItem> part, Deque<List<BulkItem>> parts) {
        int middle = part.size() / 2;
        parts.push(part.subList(middle, part.size()));
        parts.push(part.subList(0, middle));
    }
}
