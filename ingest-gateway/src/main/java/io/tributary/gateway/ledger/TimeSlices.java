package io.tributary.gateway.ledger;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import io.tributary.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway counted, by slices of time. The entries of the open slice are published again and again, each time
 * replacing the former. At most one ended slice waits for its acknowledgement: while Kafka is away, the open slice goes
 * on and grows longer, so that this costs no memory. Safe for use by many threads.
 */
public final class TimeSlices {
    /** Tenants are counted together that come when an entry already tells as many apart as it should. */
    private static final String OTHERS = "";

    private final String instance;
    private final long sliceMillis;
    private Slice open;
    private @Nullable Slice ended;
    private boolean changed;

    /** Slices of this length, the first of which begins now. */
    public TimeSlices(String instance, long sliceMillis, long nowMillis) {
        this.instance = instance;
        this.sliceMillis = sliceMillis;
        this.open = new Slice(nowMillis, new HashMap<>());
    }

    /** Counts what became of a request's records. */
    public synchronized void count(String protocol, Topic<?, ?> topic, String tenant, Map<Outcome, Long> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        changed = true;
        Flow flow = new Flow(protocol, topic.name(), topic.signal().label());
        OutcomeCounts counts = open.counts.computeIfAbsent(flow, unseen -> new OutcomeCounts());
        String counted = counts.isFull() && !counts.has(tenant) ? OTHERS : tenant;
        outcomes.forEach((outcome, count) -> counts.add(counted, outcome, count));
    }

    /**
     * The entries that are to be published as of now; none when all are on Kafka already. A slice that is over ends
     * here.
     */
    public synchronized List<LedgerEntry> due(long nowMillis) {
        List<LedgerEntry> entries = new ArrayList<>();
        if (ended != null) {
            entries.addAll(entries(ended, open.from));
        }
        if (changed) {
            entries.addAll(entries(open, Math.max(nowMillis, open.from + 1)));
        }
        if (ended == null && nowMillis - open.from >= sliceMillis) {
            ended = changed ? open : null;
            open = new Slice(nowMillis, new HashMap<>());
        }
        changed = false;
        return entries;
    }

    /** Notes whether all entries that were due last are on Kafka. Those that may not be will be due again. */
    public synchronized void published(boolean all) {
        if (all) {
            ended = null;
        } else {
            changed |= !open.counts.isEmpty();
        }
    }

    private List<LedgerEntry> entries(Slice slice, long to) {
        List<LedgerEntry> entries = new ArrayList<>(slice.counts.size());
        slice.counts.forEach((flow, counts) -> {
            LedgerEntry entry = new LedgerEntry();
            entry.setStage(LedgerKey.GATEWAY);
            entry.setInstance(instance);
            entry.setSignal(flow.signal);
            entry.setTopic(flow.topic);
            entry.setPartition(-1);
            entry.setFrom(slice.from);
            entry.setTo(to);
            entry.setGaps(0L);
            entry.setProtocol(flow.protocol);
            entry.setCounts(counts.toList());
            entries.add(entry);
        });
        return entries;
    }

    /** What a gateway counts apart: the records that came by a protocol and were meant for a topic. */
    private record Flow(String protocol, String topic, String signal) {}

    /** A stretch of time, from its first millisecond on, and what was counted in it. */
    private record Slice(long from, Map<Flow, OutcomeCounts> counts) {}
}
