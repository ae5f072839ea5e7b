package io.tributary.delivery.arena;

import java.util.Arrays;

/**
 * Bytes of a larger array that others use too. They stay as they are until {@link #release}, which its one owner calls
 * once; afterwards nobody may look at them. May be read and released by any thread.
 */
public final class Slice {
    private final Page page;
    private final int offset;
    private final int length;

    Slice(Page page, int offset, int length) {
        this.page = page.hold();
        this.offset = offset;
        this.length = length;
    }

    /** The whole of this array, which is nobody else's and is not used again. */
    public static Slice of(byte[] bytes) {
        return new Slice(new Page(bytes, page -> {}), 0, bytes.length);
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    /** Copies as many of its bytes from this one on into the array, at the position there. */
    public void copy(int from, byte[] target, int position, int count) {
        System.arraycopy(page.bytes(), offset + from, target, position, count);
    }

    /** A copy of its bytes from this one (inclusive) to that one (exclusive). */
    public byte[] copy(int from, int to) {
        return Arrays.copyOfRange(page.bytes(), offset + from, offset + to);
    }

    Page page() {
        return page;
    }

    /** Its memory is never used for something else, also after its release: somebody may still look at it then. */
    public void retire() {
        page.retire();
    }

    /** Its memory may be used for something else. */
    public void release() {
        page.release();
    }
}
