package io.tributary.alerts.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body up to a limit. */
final class LimitedBody {
    /** The body is longer than the limit. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private LimitedBody() {}

    /** The whole body; {@link TooLargeException} if it is longer than this. */
    static byte[] read(InputStream body, int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new TooLargeException();
        }
        return bytes;
    }
}
