package io.tributary.gateway.decode;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends with an error once more than the limit was read from it. */
final class LimitedStream extends FilterInputStream {
    private long left;
    private boolean exceeded;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    /** Whether the limit was passed; the reader may have wrapped the error beyond recognition. */
    boolean exceeded() {
        return exceeded;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            exceeded = true;
            throw new IOException("over the limit");
        }
    }
}
