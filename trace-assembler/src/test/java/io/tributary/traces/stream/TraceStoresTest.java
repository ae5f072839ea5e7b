package io.tributary.traces.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.assembly.HeldTrace;
import io.tributary.traces.assembly.KeptSpan;
import io.tributary.traces.assembly.TraceKey;
import io.tributary.traces.assembly.TraceMemory;
import io.tributary.traces.assembly.TraceState;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class TraceStoresTest {
    private static final List<String> NAMES = List.of("trace-chunks", "trace-alarms", "trace-journal");
    private static final int SPAN_BYTES = 100;
    private static final long MUCH = 1 << 30;

    /** What a trace must be: the spans that it knows, and those of them that wait. */
    private static final class Expected {
        private final Set<Long> known = new LinkedHashSet<>();
        private final Set<Long> waiting = new LinkedHashSet<>();

        Expected copy() {
            Expected copy = new Expected();
            copy.known.addAll(known);
            copy.waiting.addAll(waiting);
            return copy;
        }
    }

    /** What is committed, as Kafka keeps it for a task that dies. */
    private Map<String, List<KeyValue<Bytes, byte[]>>> committed = new HashMap<>();

    private Map<String, KeyValueStore<Bytes, byte[]>> opened = new HashMap<>();
    private TraceMemory memory;
    private TraceStores stores;

    TraceStoresTest() {
        restart(MUCH, MUCH);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void whateverHappensATaskThatDiesHasWhatWasCommitted(@ForAll long seed) {
        committed = new HashMap<>();
        restart(MUCH, MUCH);
        Random random = new Random(seed);
        Map<Integer, Expected> expected = new LinkedHashMap<>();
        Map<Integer, Expected> expectedAfterDeath = new LinkedHashMap<>();
        long nextSpan = 1;
        for (int step = 0; step < 400; step++) {
            int number = random.nextInt(12);
            Expected trace = expected.computeIfAbsent(number, unseen -> new Expected());
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3 -> {
                    commit();
                    expectedAfterDeath = copy(expected);
                }
                case 4 -> {
                    restart(any(random, 1000, 8000, MUCH), any(random, 0, 3000, MUCH));
                    expected = copy(expectedAfterDeath);
                }
                case 5, 6 -> emit(number, trace);
                case 7 -> {
                    stores.forget(stores.trace(key(number)));
                    expected.remove(number);
                }
                case 8 -> {
                    if (trace.waiting.isEmpty()) {
                        retire(number);
                        trace.known.clear();
                    }
                }
                case 9 -> stores.leave(stores.trace(key(number)));
                default -> {
                    add(number, nextSpan);
                    trace.known.add(nextSpan);
                    trace.waiting.add(nextSpan++);
                }
            }
            if (random.nextInt(10) == 0) {
                expected.forEach(this::check);
            }
        }
        commit();
        stores.close();
        assertThat(memory.usedBytes()).isZero();
        restart(MUCH, MUCH);
        expected.forEach(this::check);
        assertThat(stores.openTraces())
                .isEqualTo(expected.values().stream()
                        .filter(trace -> !trace.waiting.isEmpty())
                        .count());
        assertThat(stores.pendingBytes())
                .isEqualTo(expected.values().stream()
                        .mapToLong(trace -> (long) SPAN_BYTES * trace.waiting.size())
                        .sum());
    }

    @Test
    void aClosedTraceThatIsLookedAtIsNotHeld() {
        Expected trace = new Expected();
        add(1, 1);
        trace.waiting.add(1L);
        commit();
        emit(1, trace);
        commit();
        assertThat(memory.usedBytes()).isZero();
        HeldTrace again = stores.trace(key(1));
        assertThat(again.knows(facts(1))).isTrue();
        assertThat(memory.usedBytes()).isPositive();
        stores.leave(again);
        assertThat(memory.usedBytes()).isZero();
        add(2, 1);
        stores.leave(stores.trace(key(2)));
        assertThat(memory.usedBytes()).as("it is open").isPositive();
    }

    @Test
    void allThatComesInACommitIsOneEntry() {
        for (int trace = 0; trace < 50; trace++) {
            add(trace, 1);
        }
        commit();
        assertThat(size("trace-journal")).isEqualTo(1);
        assertThat(size("trace-chunks")).as("totals alone").isEqualTo(1);
    }

    @Test
    void anEntryGoesWithTheLastTraceThatNeedsIt() {
        add(1, 1);
        add(2, 1);
        commit();
        emit(1, waiting(1));
        commit();
        assertThat(size("trace-journal")).isEqualTo(1);
        emit(2, waiting(1));
        commit();
        assertThat(size("trace-journal")).isZero();
    }

    @Test
    void theJournalHasABound() {
        restart(MUCH, 2000);
        for (int trace = 0; trace < 100; trace++) {
            add(trace, 1);
            commit();
        }
        assertThat(bytes("trace-journal")).isBetween(1000L, 2000L);
        for (int trace = 0; trace < 100; trace++) {
            check(trace, waiting(1));
        }
    }

    @Test
    void whatIsTakenUpIsBoundedAsWell() {
        for (int trace = 0; trace < 100; trace++) {
            add(trace, 1);
            commit();
        }
        restart(5000, MUCH);
        assertThat(memory.usedBytes()).isBetween(1L, 5000L);
        for (int trace = 0; trace < 100; trace++) {
            check(trace, waiting(1));
        }
    }

    private void add(int number, long span) {
        HeldTrace trace = stores.trace(key(number));
        assertThat(trace.knows(facts(span))).isFalse();
        trace.add(facts(span), payload(span));
        stores.keep(trace, trace.state().arrived(span, SPAN_BYTES, false), 1_000_000);
        stores.lighten();
    }

    private void emit(int number, Expected expected) {
        HeldTrace trace = stores.trace(key(number));
        assertThat(trace.state().pendingSpans()).isEqualTo(expected.waiting.size());
        if (expected.waiting.isEmpty()) {
            return;
        }
        for (long span : expected.waiting) {
            assertThat(stores.take(trace, facts(span))).isEqualTo(payload(span));
        }
        expected.waiting.clear();
        stores.keep(trace, trace.state().emitted(), 1_000_000);
    }

    private void retire(int number) {
        HeldTrace trace = stores.trace(key(number));
        TraceState state = trace.state();
        trace.retire();
        stores.keep(trace, state, 1_000_000);
    }

    private void check(int number, Expected expected) {
        HeldTrace trace = stores.trace(key(number));
        assertThat(trace.spans().stream().map(span -> span.facts().spanId()).toList())
                .containsExactlyElementsOf(expected.known);
        assertThat(trace.spans().stream()
                        .filter(KeptSpan::isPending)
                        .map(span -> span.facts().spanId())
                        .toList())
                .containsExactlyElementsOf(expected.waiting);
        assertThat(trace.state().pendingSpans()).isEqualTo(expected.waiting.size());
        stores.lighten();
    }

    private static Expected waiting(long span) {
        Expected expected = new Expected();
        expected.known.add(span);
        expected.waiting.add(span);
        return expected;
    }

    private static Map<Integer, Expected> copy(Map<Integer, Expected> expected) {
        Map<Integer, Expected> copy = new LinkedHashMap<>();
        expected.forEach((number, trace) -> copy.put(number, trace.copy()));
        return copy;
    }

    private void commit() {
        stores.save();
        committed = new HashMap<>();
        opened.forEach((name, store) -> {
            List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
                entries.forEachRemaining(all::add);
            }
            committed.put(name, all);
        });
    }

    /** The task dies, and begins again with what was committed. */
    private void restart(long heldBytes, long journalBytes) {
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        opened = new HashMap<>();
        for (String name : NAMES) {
            KeyValueStore<Bytes, byte[]> store =
                    Stores.inMemoryKeyValueStore(name).get();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            store.putAll(committed.getOrDefault(name, List.of()));
            opened.put(name, store);
        }
        memory = new TraceMemory(heldBytes, 300);
        stores = new TraceStores(context, memory, journalBytes);
        stores.restore();
    }

    private int size(String store) {
        return committed.get(store).size();
    }

    private long bytes(String store) {
        return committed.get(store).stream()
                .mapToLong(entry -> entry.value.length)
                .sum();
    }

    private static long any(Random random, long... values) {
        return values[random.nextInt(values.length)];
    }

    private static TraceKey key(int number) {
        return new TraceKey(ByteBuffer.allocate(20).putInt(number).array());
    }

    private static SpanFacts facts(long id) {
        return new SpanFacts(id, SpanKind.SERVER, 0, "shop", "op", id, id + 1, false, SPAN_BYTES);
    }

    private static byte[] payload(long id) {
        byte[] payload = new byte[SPAN_BYTES];
        Arrays.fill(payload, (byte) id);
        return payload;
    }
}
