package io.tributary.traces.assembly;

import io.tributary.traces.tree.SpanFacts;

/** A span of a {@link HeldTrace}: its facts, and its bytes unless it was emitted or they are only in their chunk. */
public final class KeptSpan {
    private static final int UNSAVED = Integer.MAX_VALUE;

    private final SpanFacts facts;
    private boolean pending;
    private byte[] payload;
    private int chunk = UNSAVED;

    /** A span that waits to be emitted in these bytes; null for one that was emitted. */
    KeptSpan(SpanFacts facts, byte[] payload) {
        this.facts = facts;
        this.payload = payload;
        this.pending = payload != null;
    }

    /** What is known of it. */
    public SpanFacts facts() {
        return facts;
    }

    /** Whether it waits to be emitted. */
    public boolean isPending() {
        return pending;
    }

    /** Its bytes; null if it was emitted, or if they must be looked for in its chunk. */
    byte[] payload() {
        return payload;
    }

    /** The number of the chunk that it stands in, which is above all others while it stands in none. */
    int chunk() {
        return chunk;
    }

    /** How many bytes of it are held. */
    int heldBytes() {
        return payload == null ? 0 : payload.length;
    }

    void savedIn(int number) {
        chunk = number;
    }

    void dropPayload() {
        payload = null;
    }

    void emitted() {
        payload = null;
        pending = false;
    }
}
