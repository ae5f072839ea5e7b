package io.tributary.traces.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldTraceTest {
    private final TraceKey key = new TraceKey(new byte[] {1});
    private final Stored stored = new Stored();
    private final TraceMemory memory = new TraceMemory(Long.MAX_VALUE, 1000);
    private final SpanPages pages = new SpanPages(memory);
    private HeldTrace trace = new HeldTrace(key, pages);

    @Test
    void whatIsSavedComesBack() {
        add(1, 10);
        add(2, 20);
        trace.save(stored);
        add(3, 30);
        trace.save(stored);
        assertThat(stored.chunks).as("one each time").containsOnlyKeys(0, 1);
        HeldTrace again = reload();
        assertThat(again.state()).isEqualTo(trace.state());
        assertThat(ids(again)).containsExactly(1L, 2L, 3L);
        assertThat(again.knows(facts(2, 20))).isTrue();
        assertThat(again.knows(facts(4, 20))).isFalse();
        assertThat(again.take(facts(3, 30), stored)).isEqualTo(payload(3, 30));
        assertThat(again.take(facts(1, 10), stored)).isEqualTo(payload(1, 10));
    }

    @Test
    void onceEmittedTheFactsAloneAreKeptInOneChunk() {
        for (long id = 1; id <= 5; id++) {
            add(id, 1000);
            trace.save(stored);
        }
        emit(1, 5, 1000);
        trace.save(stored);
        assertThat(stored.chunks).containsOnlyKeys(0);
        assertThat(stored.chunks.get(0)).hasSizeLessThan(1000);
        assertThat(ids(reload())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(reload().spans()).noneMatch(KeptSpan::isPending);
    }

    @Test
    void spansThatCameAfterARevisionWaitWhileEarlierOnesStayEmitted() {
        add(1, 10);
        trace.save(stored);
        emit(1, 1, 10);
        add(2, 10);
        trace.save(stored);
        add(3, 10);
        trace.save(stored);
        trace = reload();
        assertThat(trace.spans())
                .filteredOn(KeptSpan::isPending)
                .extracting(span -> span.facts().spanId())
                .containsExactly(2L, 3L);
        emit(2, 3, 10);
        trace.save(stored);
        assertThat(ids(reload())).containsExactly(1L, 2L, 3L);
        assertThat(reload().spans()).noneMatch(KeptSpan::isPending);
    }

    @Test
    void aSpanThatCameAndLeftBetweenTwoSavesLeavesItsFacts() {
        add(1, 5000);
        emit(1, 1, 5000);
        trace.save(stored);
        assertThat(stored.chunks).containsOnlyKeys(0);
        assertThat(stored.chunks.get(0)).hasSizeLessThan(1000);
        assertThat(ids(reload())).containsExactly(1L);
    }

    @Test
    void aLargeTraceLeavesItsBytesInBoundedChunks() {
        int bytes = 100_000;
        for (long id = 1; id <= 20; id++) {
            add(id, bytes);
        }
        trace.save(stored);
        assertThat(stored.chunks).hasSizeGreaterThan(5);
        assertThat(stored.chunks.values()).allSatisfy(chunk -> assertThat(chunk).hasSizeLessThan(300_000));
        trace.account();
        assertThat(trace.accountedBytes()).isLessThan(bytes);
        trace = reload();
        trace.account();
        assertThat(trace.accountedBytes()).isLessThan(3L * bytes);
        add(21, bytes);
        emit(1, 21, bytes);
        trace.save(stored);
        assertThat(stored.chunks).hasSize(1);
    }

    @Test
    void aSpanLargerThanAChunkIsAlone() {
        add(1, 10);
        add(2, 2 * HeldTrace.LARGE_BYTES);
        add(3, 10);
        trace.save(stored);
        assertThat(stored.chunks).hasSize(3);
        assertThat(ids(reload())).containsExactly(1L, 2L, 3L);
        assertThat(reload().take(facts(2, 2 * HeldTrace.LARGE_BYTES), stored))
                .isEqualTo(payload(2, 2 * HeldTrace.LARGE_BYTES));
    }

    @Test
    void onceRetiredTheStateAloneIsKept() {
        add(1, 10);
        trace.save(stored);
        emit(1, 1, 10);
        add(2, 10);
        trace.save(stored);
        add(3, 10);
        trace.save(stored);
        trace.retire();
        trace.change(trace.state().emitted());
        trace.save(stored);
        assertThat(stored.chunks).containsOnlyKeys(0);
        assertThat(reload().spans()).isEmpty();
        assertThat(reload().state()).isEqualTo(trace.state());
        trace.delete(stored);
        assertThat(stored.chunks).isEmpty();
    }

    @Test
    void aStateThatChangedAloneIsKept() {
        add(1, 10);
        trace.save(stored);
        trace.change(trace.state().foundIncomplete());
        trace.save(stored);
        assertThat(reload().state().incomplete()).isTrue();
        assertThat(ids(reload())).containsExactly(1L);
    }

    @Test
    void whatChangedIsToBeSavedOnce() {
        assertThat(trace.isChanged()).as("new").isFalse();
        add(1, 10);
        assertThat(trace.isChanged()).isTrue();
        trace.takeNews(new TraceChunk.Writer());
        assertThat(trace.isChanged()).as("journaled").isFalse();
        add(2, 10);
        trace.save(stored);
        assertThat(trace.isChanged()).as("saved").isFalse();
        assertThat(reload().isChanged()).as("read").isFalse();
        emit(1, 2, 10);
        trace.delete(stored);
        assertThat(trace.isChanged()).as("deleted").isFalse();
    }

    @Test
    void theJournalIsGivenEachSpanOnce() {
        add(1, 10);
        trace.save(stored);
        add(2, 10);
        assertThat(news()).containsExactly(2L);
        journal(0);
        add(3, 10);
        add(4, 10);
        assertThat(news()).containsExactly(3L, 4L);
    }

    @Test
    void whatIsJournaledIsSavedOnceTheTraceLeaves() {
        add(1, 10);
        JournalEntry first = journal(0);
        add(2, 20);
        JournalEntry second = journal(1);
        assertThat(stored.chunks).isEmpty();
        assertThat(first.isNeeded() && second.isNeeded()).isTrue();
        emit(1, 1, 10);
        assertThat(trace.mayBeJournaled()).as("a span left").isFalse();
        trace.save(stored);
        assertThat(first.isNeeded() || second.isNeeded()).isFalse();
        assertThat(ids(reload())).containsExactly(1L, 2L);
        assertThat(reload().take(facts(2, 20), stored)).isEqualTo(payload(2, 20));
    }

    @Test
    void whatTheJournalHasFromBeforeTheLastChunkDoesNotCount() {
        add(1, 10);
        TraceChunk old = TraceChunk.decode(ByteBuffer.wrap(trace.takeNews(new TraceChunk.Writer())));
        journal(0);
        trace.save(stored);
        add(2, 10);
        TraceChunk young = TraceChunk.decode(ByteBuffer.wrap(trace.takeNews(new TraceChunk.Writer())));
        HeldTrace again = reload();
        JournalEntry dead = new JournalEntry(0, 1);
        JournalEntry live = new JournalEntry(1, 1);
        again.restore(old, dead);
        again.restore(young, live);
        assertThat(ids(again)).containsExactly(1L, 2L);
        assertThat(again.state()).isEqualTo(trace.state());
        assertThat(dead.isNeeded()).isFalse();
        assertThat(live.isNeeded()).isTrue();
    }

    @Test
    void aTraceThatIsDeletedTellsHowFarTheJournalKnowsIt() {
        add(1, 10);
        JournalEntry entry = journal(6);
        assertThat(trace.delete(stored)).isEqualTo(7);
        assertThat(entry.isNeeded()).isFalse();
        add(2, 10);
        trace.save(stored);
        stored.journalEnd = 12;
        assertThat(reload().delete(stored)).as("when it was saved").isEqualTo(7);
    }

    private List<Long> news() {
        return TraceChunk.decode(ByteBuffer.wrap(trace.takeNews(new TraceChunk.Writer()))).spans().stream()
                .map(span -> span.facts().spanId())
                .toList();
    }

    private JournalEntry journal(long number) {
        JournalEntry entry = new JournalEntry(number, 1);
        assertThat(trace.mayBeJournaled()).isTrue();
        trace.journaledIn(entry);
        stored.journalEnd = number + 1;
        return entry;
    }

    private void add(long id, int bytes) {
        trace.add(facts(id, bytes), payload(id, bytes));
        trace.change(trace.state().arrived(id, bytes, false));
    }

    private void emit(int from, int to, int bytes) {
        IntStream.rangeClosed(from, to)
                .forEach(id -> assertThat(trace.take(facts(id, bytes), stored)).isEqualTo(payload(id, bytes)));
        trace.change(trace.state().emitted());
    }

    private HeldTrace reload() {
        HeldTrace loaded = new HeldTrace(key, pages);
        stored.chunks.values().forEach(chunk -> loaded.restore(TraceChunk.decode(ByteBuffer.wrap(chunk))));
        return loaded;
    }

    private static List<Long> ids(HeldTrace trace) {
        return trace.spans().stream().map(span -> span.facts().spanId()).toList();
    }

    private static SpanFacts facts(long id, int bytes) {
        return new SpanFacts(id, SpanKind.SERVER, 0, "shop", "op", id, id + 1, false, bytes);
    }

    private static byte[] payload(long id, int bytes) {
        byte[] payload = new byte[bytes];
        Arrays.fill(payload, (byte) id);
        return payload;
    }

    private static final class Stored implements HeldTrace.Chunks {
        private final Map<Integer, byte[]> chunks = new TreeMap<>();
        private final TraceChunk.Writer writer = new TraceChunk.Writer();
        private long journalEnd;

        @Override
        public void put(int number, byte[] chunk) {
            chunks.put(number, chunk);
        }

        @Override
        public void delete(int number) {
            assertThat(chunks.remove(number)).as("was there").isNotNull();
        }

        @Override
        public byte[] get(int number) {
            return chunks.get(number);
        }

        @Override
        public TraceChunk.Writer writer() {
            return writer;
        }

        @Override
        public long journalEnd() {
            return journalEnd;
        }
    }
}
