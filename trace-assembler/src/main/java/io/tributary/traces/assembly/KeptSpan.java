package io.tributary.traces.assembly;

import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;

/** A span of a {@link HeldTrace}: its facts, and its bytes unless it was emitted or they are only in their chunk. */
public final class KeptSpan {
    private static final int UNSAVED = Integer.MAX_VALUE;

    private final SpanFacts facts;
    private boolean pending;
    private SpanPages.Page page;
    private int offset;
    private int chunk = UNSAVED;

    /** A span that waits to be emitted, or that was. */
    KeptSpan(SpanFacts facts, boolean pending) {
        this.facts = facts;
        this.pending = pending;
    }

    /** What is known of it. */
    public SpanFacts facts() {
        return facts;
    }

    /** Whether it waits to be emitted. */
    public boolean isPending() {
        return pending;
    }

    /** Whether its bytes are held; if not, it was emitted, or they must be looked for in its chunk. */
    boolean isHeld() {
        return page != null;
    }

    /** How many bytes of it are held. */
    int heldBytes() {
        return page == null ? 0 : facts.bytes();
    }

    /** A copy of its bytes, which are held. */
    byte[] payload() {
        byte[] payload = new byte[facts.bytes()];
        copyTo(ByteBuffer.wrap(payload));
        return payload;
    }

    /** Appends its bytes, which are held. */
    void copyTo(ByteBuffer out) {
        page.copyTo(out, offset, facts.bytes());
    }

    /** The number of the chunk that it stands in, which is above all others while it stands in none. */
    int chunk() {
        return chunk;
    }

    void savedIn(int number) {
        chunk = number;
    }

    void heldOn(SpanPages.Page held, int from) {
        page = held;
        offset = from;
    }

    /** Gives up its bytes. */
    void drop(SpanPages pages) {
        if (page != null) {
            pages.release(page);
            page = null;
        }
    }

    void emitted() {
        pending = false;
    }
}
