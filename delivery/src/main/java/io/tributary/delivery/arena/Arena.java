package io.tributary.delivery.arena;

import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gives out slices of large arrays that are used again and again, so that what is in flight for a second is not garbage
 * afterwards. Bytes are written to it, and {@link #cut} makes a slice of those written since the last cut. What is
 * released in about the order in which it was cut comes back soonest: a page is used again once all of its slices are
 * released.
 *
 * <p>It keeps as many pages as were ever in use at once, so who writes bounds what is in flight. Slices may be released
 * by any thread; all else is for one thread.
 */
public final class Arena extends OutputStream {
    /** What is larger gets a page of its own, which is not kept. */
    static final int PAGE_BYTES = 256 << 10;

    private final Queue<Page> free = new ConcurrentLinkedQueue<>();
    private Page page = nextPage(PAGE_BYTES);
    private int start;
    private int end;

    @Override
    public void write(int b) {
        makeRoom(1);
        page.bytes()[end++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        makeRoom(length);
        System.arraycopy(bytes, offset, page.bytes(), end, length);
        end += length;
    }

    /** The bytes written since the last cut; the caller owns them. */
    public Slice cut() {
        Slice slice = new Slice(page, start, end - start);
        start = end;
        return slice;
    }

    /** Forgets the bytes written since the last cut. */
    public void discard() {
        end = start;
    }

    private void makeRoom(int more) {
        if (more <= page.bytes().length - end) {
            return;
        }
        int begun = end - start;
        int wanted = Math.addExact(begun, more);
        Page next = nextPage(wanted <= PAGE_BYTES ? PAGE_BYTES : Math.max(wanted, Math.multiplyExact(2, begun)));
        System.arraycopy(page.bytes(), start, next.bytes(), 0, begun);
        page.release();
        page = next;
        start = 0;
        end = begun;
    }

    private Page nextPage(int size) {
        Page next = size == PAGE_BYTES ? free.poll() : null;
        return (next == null ? new Page(new byte[size], this::keep) : next).hold();
    }

    private void keep(Page unused) {
        if (unused.bytes().length == PAGE_BYTES && !unused.isRetired()) {
            free.add(unused);
        }
    }
}
