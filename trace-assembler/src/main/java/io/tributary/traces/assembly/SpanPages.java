package io.tributary.traces.assembly;

import java.nio.ByteBuffer;

/**
 * The bytes of a partition's spans, one after the other on pages outside the heap: they are held for seconds, which is
 * too long for the young generation of a heap, and there are too many of them for the old one. A page is used again
 * when nothing on it is held any more. For one thread.
 */
public final class SpanPages {
    /** A page, and how many spans on it are held. */
    static final class Page {
        private final ByteBuffer bytes;
        private int spans;
        private int end;

        private Page(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        /** Appends these of its bytes. */
        void copyTo(ByteBuffer out, int offset, int length) {
            out.put(out.position(), bytes, offset, length).position(out.position() + length);
        }
    }

    private final TraceMemory memory;
    /** The page that is filled; its memory counts once it is full. */
    private Page current;

    /** Pages of this memory. */
    public SpanPages(TraceMemory memory) {
        this.memory = memory;
        this.current = new Page(memory.takePage());
    }

    /** Puts the bytes onto a page, and tells the span where they are. */
    void put(KeptSpan span, byte[] payload) {
        if (payload.length > memory.pageBytes() / 4) {
            // A page of its own, which is not used again.
            Page own = new Page(ByteBuffer.wrap(payload));
            own.spans = 1;
            memory.use(payload.length);
            span.heldOn(own, 0);
            return;
        }
        if (current.end + payload.length > memory.pageBytes()) {
            memory.use(memory.pageBytes());
            current = new Page(memory.takePage());
        }
        current.bytes.put(current.end, payload);
        span.heldOn(current, current.end);
        current.end += payload.length;
        current.spans++;
    }

    /** The span no longer holds the bytes there. */
    void release(Page page) {
        page.spans--;
        if (page.spans > 0) {
            return;
        }
        if (page == current) {
            page.end = 0;
        } else if (page.bytes.isDirect()) {
            memory.use(-memory.pageBytes());
            memory.giveBack(page.bytes);
        } else {
            memory.use(-page.bytes.capacity());
        }
    }

    /** Gives back the last page, after all spans were released. */
    public void close() {
        memory.giveBack(current.bytes);
    }
}
