package io.tributary.logindexer.document;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object in the making, in UTF-8. Text is copied from where it lies if nothing in it must be escaped; Jackson
 * does the rest.
 */
final class JsonBytes extends OutputStream {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonStringEncoder QUOTE = JsonStringEncoder.getInstance();
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int FIRST_BYTES = 4 << 10;
    private static final int KEEP_BYTES = 1 << 20;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /** A name as {@link #name} takes it; one that needs no escaping. */
    static byte[] named(String name) {
        return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins anew. */
    void clear() {
        size = 0;
        if (bytes.length > KEEP_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Forgets what was written since it had this size. */
    void cutTo(int before) {
        size = before;
    }

    @Override
    public void write(int b) {
        makeRoom(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        makeRoom(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void startObject() {
        write('{');
    }

    void endObject() {
        write('}');
    }

    /** A name, made by {@link #named}, of the value that comes next. */
    void name(byte[] named) {
        separate();
        write(named, 0, named.length);
    }

    /** A name that may stand as it is, see {@link #isPlain}. */
    void plainName(byte[] source, int from, int to) {
        separate();
        plain(source, from, to);
        write(':');
    }

    /** A text that lies here in UTF-8; what is no UTF-8 becomes replacement characters. */
    void text(byte[] source, int from, int to) {
        if (isPlain(source, from, to)) {
            plain(source, from, to);
        } else {
            text(new String(source, from, to - from, StandardCharsets.UTF_8));
        }
    }

    void text(String text) {
        byte[] quoted = QUOTE.quoteAsUTF8(text);
        plain(quoted, 0, quoted.length);
    }

    void number(long number) {
        if (number == Long.MIN_VALUE) {
            ascii(Long.toString(number));
            return;
        }
        long left = Math.abs(number);
        int digits = 1;
        for (long power = left; power >= 10; power /= 10) {
            digits++;
        }
        makeRoom(digits + 1);
        if (number < 0) {
            bytes[size++] = '-';
        }
        digits(left, digits);
    }

    /** A number that is finite. */
    void number(double number) {
        ascii(Double.toString(number));
    }

    void truth(boolean truth) {
        ascii(truth ? "true" : "false");
    }

    void none() {
        ascii("null");
    }

    /** Bytes as a text of hexadecimal digits. */
    void hex(byte[] source, int from, int to) {
        write('"');
        for (int i = from; i < to; i++) {
            write(HEX[(source[i] >> 4) & 0xF]);
            write(HEX[source[i] & 0xF]);
        }
        write('"');
    }

    /** So many digits of the number, with zeros in front. */
    void digits(long number, int digits) {
        makeRoom(digits);
        long left = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        size += digits;
    }

    /** Characters of ASCII as they are. */
    @SuppressWarnings("deprecation") // which cuts characters to bytes, as is right here
    void ascii(String text) {
        makeRoom(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /** A value that Jackson writes. */
    void value(Consumer<JsonGenerator> writer) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), this)) {
            writer.accept(json);
        }
    }

    /** Whether this is ASCII without anything that must be escaped in JSON. */
    static boolean isPlain(byte[] source, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long eight = (long) EIGHT_BYTES.get(source, i);
            // The lowest byte that is below a bound, or equal to a character, borrows into its top bit.
            long special = eight
                    | (eight - ' ' * EACH_BYTE)
                    | ((eight ^ '"' * EACH_BYTE) - EACH_BYTE)
                    | ((eight ^ '\\' * EACH_BYTE) - EACH_BYTE);
            if ((special & TOP_BITS) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (source[i] < ' ' || source[i] == '"' || source[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private void plain(byte[] source, int from, int to) {
        int length = to - from;
        makeRoom(length + 2);
        bytes[size++] = '"';
        System.arraycopy(source, from, bytes, size, length);
        size += length;
        bytes[size++] = '"';
    }

    private void separate() {
        // A value never ends with a brace that opens.
        if (bytes[size - 1] != '{') {
            write(',');
        }
    }

    private void makeRoom(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), Math.multiplyExact(2, bytes.length)));
        }
    }
}
