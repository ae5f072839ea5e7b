package io.tributary.gateway.decode;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends with {@link BodyTooLargeException} once more than the limit was read from it. */
final class LimitedStream extends FilterInputStream {
    private static final int SKIPPED_AT_ONCE = 4096;

    /** Sees what is read. */
    @FunctionalInterface
    interface Reader {
        /** These bytes were read, the next ones. */
        void read(byte[] bytes, int offset, int length);
    }

    private final long limit;
    private final Reader reader;
    private long left;

    LimitedStream(InputStream in, long limit, Reader reader) {
        super(in);
        this.limit = limit;
        this.left = limit;
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            left -= read;
            if (left < 0) {
                throw BodyTooLargeException.encoded(limit);
            }
            reader.read(target, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        if (bytes <= 0) {
            return 0;
        }
        byte[] some = new byte[(int) Math.min(bytes, SKIPPED_AT_ONCE)];
        return Math.max(0, read(some, 0, some.length));
    }
}
