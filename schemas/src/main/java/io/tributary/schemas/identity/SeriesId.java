package io.tributary.schemas.identity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Identifies a metric series within Kafka: the 128-bit MurmurHash3 (x64, seed 0) of tenant, name and sorted labels.
 *
 * <p>The hashed text is {@code tenant 0x00 name 0x00}, then for each label in the order of its name (by UTF-16 code
 * units) {@code label 0x01 value 0x00}, in UTF-8; the 16 bytes are the two 64-bit halves, most significant byte first.
 *
 * @param high the first half of the hash
 * @param low the second half of the hash
 */
public record SeriesId(long high, long low) implements Comparable<SeriesId> {
    /** Length of the key in bytes. */
    public static final int BYTES = 16;

    /** The id of the series with this identity. Labels with an empty value count as absent. */
    public static SeriesId of(String tenant, String name, Map<String, String> labels) {
        String[] names = labels.keySet().toArray(new String[0]);
        Arrays.sort(names);
        return ofSorted(tenant, name, take -> {
            for (String label : names) {
                take.accept(label, labels.get(label));
            }
        });
    }

    /** The same of labels that come in the order of their names, handed over one by one. */
    public static SeriesId ofSorted(String tenant, String name, Consumer<BiConsumer<String, String>> labels) {
        SeriesText text = new SeriesText().begin(tenant, name);
        labels.accept(text::label);
        return text.id();
    }

    /** The id in these bytes; {@link IllegalArgumentException} unless there are 16. */
    public static SeriesId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("series id: " + bytes.length + " bytes (expected: " + BYTES + ")");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new SeriesId(buffer.getLong(), buffer.getLong());
    }

    /** The 16 bytes of the id. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public int compareTo(SeriesId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
