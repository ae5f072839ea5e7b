package io.tributary.alerts.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** State as bytes for changelog topics: a version, then the fields one after the other. */
public final class StateBytes {
    private static final int VERSION = 1;

    /**
     * How one kind of state is written and read.
     *
     * @param <T> the state
     */
    public interface Codec<T> {
        /** Writes all fields. */
        void write(T state, DataOutputStream out) throws IOException;

        /** Reads the fields in the order in which they were written. */
        T read(DataInputStream in) throws IOException;
    }

    private StateBytes() {}

    /** The state as bytes; null for null. */
    public static <T> byte[] encode(T state, Codec<T> codec) {
        if (state == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            codec.write(state, out);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** The state in the bytes; null for null; {@link IllegalStateException} if another version wrote them. */
    public static <T> T decode(byte[] bytes, Codec<T> codec) {
        if (bytes == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("state version: " + version + " (expected: " + VERSION + ")");
            }
            return codec.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("state is cut off", e);
        }
    }

    /** Writes a text of any length. */
    public static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads what {@link #writeText} wrote. */
    public static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** Writes a map of texts. */
    public static void writeTexts(DataOutputStream out, Map<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            writeText(out, text.getKey());
            writeText(out, text.getValue());
        }
    }

    /** Reads what {@link #writeTexts} wrote. */
    public static Map<String, String> readTexts(DataInputStream in) throws IOException {
        int size = in.readInt();
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < size; i++) {
            texts.put(readText(in), readText(in));
        }
        return texts;
    }
}
