package io.tributary.alerts.retention;

import io.tributary.promql.storage.Samples;
import java.nio.ByteBuffer;

/**
 * Some consecutive samples of a series as bytes: the time of the first and of the last, how many there are, their
 * layout, and then times and numbers in columns of bits. About two bytes a sample of a regular series.
 */
final class Chunk {
    private static final int HEADER_BYTES = 2 * Long.BYTES + Short.BYTES;

    /** A chunk with its array and its place in a list, but for what is in the array. */
    private static final long CHUNK_BYTES = 40;

    private final byte[] bytes;

    /** A chunk that was {@link #bytes} before. */
    Chunk(byte[] bytes) {
        this.bytes = bytes;
    }

    static Chunk of(long first, long last, int count, Layout layout, BitBuffer samples) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + layout.bytes() + samples.size());
        out.putLong(first).putLong(last).putShort((short) count);
        layout.write(out);
        samples.copyTo(out.array(), out.position());
        return new Chunk(out.array());
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Bytes that it takes, about. */
    long heldBytes() {
        return CHUNK_BYTES + bytes.length;
    }

    /** In milliseconds since the epoch. */
    long first() {
        return ByteBuffer.wrap(bytes).getLong(0);
    }

    /** In milliseconds since the epoch. */
    long last() {
        return ByteBuffer.wrap(bytes).getLong(Long.BYTES);
    }

    /** Appends the samples of the time, both ends included. */
    void read(long from, long to, Samples into) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long time = in.getLong();
        long last = in.getLong();
        if (last < from || time > to) {
            return;
        }
        int count = in.getShort();
        Layout layout = Layout.read(in);
        BitBuffer bits = new BitBuffer(bytes, in.position());
        TimeColumn times = new TimeColumn(time);
        ValueColumn[] columns = columns(layout);
        double[] numbers = new double[columns.length];
        for (int i = 0; i < count && time <= to; i++) {
            time = i == 0 ? time : times.read(bits);
            for (int column = 0; column < columns.length; column++) {
                numbers[column] = columns[column].read(bits);
            }
            if (time >= from && time <= to) {
                layout.append(time, numbers, into);
            }
        }
    }

    static ValueColumn[] columns(Layout layout) {
        ValueColumn[] columns = new ValueColumn[layout.columns()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ValueColumn();
        }
        return columns;
    }
}
