package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Settled;

/** A series that is remembered: who it is, which is decoded only when asked for, and where its samples left it. */
public final class Series {
    private static final int VERSION = 1;

    private final byte[] identity;
    private final Settled settled;

    Series(byte[] identity, Settled settled) {
        this.identity = identity;
        this.settled = settled;
    }

    /** Who it is. */
    public Identity identity() {
        return Identity.decode(identity);
    }

    /** What is known of its samples in closed slices. */
    public Settled settled() {
        return settled;
    }

    /** The same series after further samples. */
    public Series with(Settled later) {
        return new Series(identity, later);
    }

    byte[] encode() {
        StateWriter out =
                new StateWriter().putByte(VERSION).putLong(identity.length).putBytes(identity);
        Codec.put(out, settled);
        return out.toBytes();
    }

    static Series decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.takeByte();
        if (version != VERSION) {
            throw new IllegalStateException("series state: version " + version + " (expected: " + VERSION + ")");
        }
        return new Series(in.takeBytes(in.takeInt()), Codec.settled(in));
    }
}
