package io.tributary.schemas.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The text that a {@link SeriesId} is the hash of, put together in a buffer that serves for one series after the other.
 * For a single thread.
 */
public final class SeriesText {
    private static final byte END = 0;
    private static final byte IS = 1;

    private byte[] text = new byte[512];
    private int length;

    /** Begins the text of another series. */
    public SeriesText begin(String tenant, String name) {
        length = 0;
        return add(tenant, END).add(name, END);
    }

    /** Adds a label, whose name comes after those before it; with an empty value it counts as absent. */
    public SeriesText label(String name, String value) {
        return value.isEmpty() ? this : add(name, IS).add(value, END);
    }

    /** The same of a label that is UTF-8 already. */
    public SeriesText label(Utf8 name, Utf8 value) {
        return value.getByteLength() == 0
                ? this
                : add(name.getBytes(), name.getByteLength(), IS).add(value.getBytes(), value.getByteLength(), END);
    }

    /** The id of the series whose labels were all added. */
    public SeriesId id() {
        long[] hash = MurmurHash3.hash128x64(text, 0, length, 0);
        return new SeriesId(hash[0], hash[1]);
    }

    private SeriesText add(String part, byte after) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        return add(bytes, bytes.length, after);
    }

    private SeriesText add(byte[] part, int size, byte after) {
        int end = length + size;
        if (end >= text.length) {
            text = Arrays.copyOf(text, 2 * (end + 1));
        }
        System.arraycopy(part, 0, text, length, size);
        text[end] = after;
        length = end + 1;
        return this;
    }
}
