package io.tributary.delivery.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArenaTest {
    private static final int PAGE = Arena.PAGE_BYTES;

    private final Arena arena = new Arena();

    @SuppressWarnings("ArrayRecordComponent") // raw bytes, compared by what they hold
    private record Written(Slice slice, byte[] bytes) {}

    @Test
    void slicesKeepTheirBytesWhileOthersComeAndGo() {
        Random random = new Random(7);
        Deque<Written> held = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(i % 500 == 0 ? 3 * PAGE : 2_000)];
            random.nextBytes(bytes);
            held.add(new Written(write(bytes), bytes));
            if (held.size() > 1_000) {
                // Not in the order in which they were cut.
                Written gone = random.nextBoolean() ? held.removeFirst() : held.removeLast();
                assertThat(content(gone.slice())).isEqualTo(gone.bytes());
                gone.slice().release();
            }
        }
        assertThat(held).allSatisfy(one -> assertThat(content(one.slice())).isEqualTo(one.bytes()));
    }

    @Test
    void aPageIsUsedAgainWhenAllOfItIsReleased() {
        Set<Page> pages = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Slice first = write(new byte[PAGE / 2]);
            Slice second = write(new byte[PAGE / 2]);
            pages.add(first.page());
            pages.add(second.page());
            first.release();
            second.release();
        }
        assertThat(pages).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aPageOfWhichAnythingIsHeldIsNotUsedAgain() {
        Slice held = write(new byte[] {1, 2, 3});
        for (int i = 0; i < 10; i++) {
            byte[] other = new byte[PAGE - 10];
            Arrays.fill(other, (byte) 9);
            write(other).release();
        }
        assertThat(content(held)).containsExactly(1, 2, 3);
    }

    @Test
    void aPageThatSomebodyMayStillLookAtIsNeverUsedAgain() {
        Slice retired = write(new byte[PAGE]);
        retired.retire();
        retired.release();
        for (int i = 0; i < 10; i++) {
            Slice other = write(new byte[PAGE]);
            assertThat(other.page()).isNotSameAs(retired.page());
            other.release();
        }
    }

    @Test
    void whatIsDiscardedIsNotInTheNextSlice() {
        arena.write(new byte[PAGE - 1], 0, PAGE - 1);
        arena.discard();
        arena.write(5);
        arena.discard();
        assertThat(content(write(new byte[] {6}))).containsExactly(6);
        assertThat(arena.cut().length()).as("nothing written").isZero();
    }

    @Test
    void whatDoesNotFitOnThePageIsMovedToTheNext() {
        write(new byte[PAGE - 2]);
        for (int i = 0; i < 5; i++) {
            arena.write(i);
        }
        assertThat(content(arena.cut())).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void releasingTwiceIsRefused() {
        Slice slice = Slice.of(new byte[] {1});
        slice.release();
        assertThatThrownBy(slice::release).isInstanceOf(IllegalStateException.class);
    }

    private Slice write(byte[] bytes) {
        arena.write(bytes, 0, bytes.length);
        return arena.cut();
    }

    private static byte[] content(Slice slice) {
        return slice.copy(0, slice.length());
    }
}
