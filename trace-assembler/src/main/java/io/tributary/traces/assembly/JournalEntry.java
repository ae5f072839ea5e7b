package io.tributary.traces.assembly;

/**
 * An entry of a journal that traces share. It is needed while one of them has something in it that it has nowhere else.
 */
public final class JournalEntry {
    private final long number;
    private final int bytes;
    private int traces;

    /** The entry of this number, which has so many bytes; no trace needs it yet. */
    public JournalEntry(long number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** Its number; a later one has a higher. */
    public long number() {
        return number;
    }

    /** Its size. */
    public int bytes() {
        return bytes;
    }

    /** Whether a trace needs it. */
    public boolean isNeeded() {
        return traces > 0;
    }

    void need() {
        traces++;
    }

    void release() {
        traces--;
    }
}
