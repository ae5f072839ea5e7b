package io.tributary.gateway.decode;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * Reads a request from a body. A compressed body is read while it is inflated and never held inflated, so that a bomb
 * costs no more than what was read of it up to the limit.
 */
public final class MessageDecoder {
    private static final int INFLATE_BUFFER = 8192;

    private final long maxBytes;
    private final JsonDecoder json = new JsonDecoder();

    /** A decoder that takes at most so many bytes, after decompression. */
    public MessageDecoder(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The message in the body, of the prototype's type; where text is no UTF-8, U+FFFD stands for it.
     *
     * @throws UndecodableException if the body is not such a message
     * @throws BodyTooLargeException if the body is over the limit
     */
    public <Q extends Message> Q decode(byte[] body, boolean gzip, Encoding encoding, Q prototype)
            throws UndecodableException, BodyTooLargeException {
        if (body.length > maxBytes) {
            throw new BodyTooLargeException(maxBytes);
        }
        try {
            return asItIs(body, gzip, encoding, prototype);
        } catch (UndecodableException e) {
            try {
                return withTextReplaced(body, gzip, encoding, prototype);
            } catch (UndecodableException _) {
                throw e;
            }
        }
    }

    private <Q extends Message> Q asItIs(byte[] body, boolean gzip, Encoding encoding, Q prototype)
            throws UndecodableException, BodyTooLargeException {
        return switch (encoding) {
            case JSON -> read(body, gzip, in -> cast(prototype, json.decode(in, prototype)));
            case PROTOBUF -> protobuf(body, gzip, in -> parse(in, prototype));
        };
    }

    private <Q extends Message> Q withTextReplaced(byte[] body, boolean gzip, Encoding encoding, Q prototype)
            throws UndecodableException, BodyTooLargeException {
        return switch (encoding) {
            case JSON -> read(body, gzip, in -> cast(prototype, json.decode(characters(in), prototype)));
            case PROTOBUF -> {
                byte[] readable =
                        protobuf(body, gzip, in -> ForeignText.replaced(in, prototype.getDescriptorForType()));
                yield parse(CodedInputStream.newInstance(readable), prototype);
            }
        };
    }

    /** The characters of UTF-8; U+FFFD where it is none. */
    private static Reader characters(InputStream in) {
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    /** Reads from bytes. */
    private interface Reading<I, T> {
        T from(I bytes) throws IOException, UndecodableException;
    }

    private <T> T protobuf(byte[] body, boolean gzip, Reading<CodedInputStream, T> reading)
            throws UndecodableException, BodyTooLargeException {
        if (gzip) {
            return read(body, true, in -> reading.from(CodedInputStream.newInstance(in)));
        }
        try {
            return reading.from(CodedInputStream.newInstance(body));
        } catch (IOException e) {
            throw new UndecodableException("body: not Protobuf: " + e.getMessage(), e);
        }
    }

    private <T> T read(byte[] body, boolean gzip, Reading<InputStream, T> reading)
            throws UndecodableException, BodyTooLargeException {
        LimitedStream limited = null;
        try (InputStream raw = new ByteArrayInputStream(body)) {
            limited = new LimitedStream(gzip ? new GZIPInputStream(raw, INFLATE_BUFFER) : raw, maxBytes);
            return reading.from(limited);
        } catch (IOException | UndecodableException e) {
            if (limited != null && limited.exceeded()) {
                throw new BodyTooLargeException(maxBytes);
            }
            if (e instanceof UndecodableException undecodable) {
                throw undecodable;
            }
            throw new UndecodableException("body: not gzip: " + e.getMessage(), e);
        }
    }

    private static <Q extends Message> Q parse(CodedInputStream in, Q prototype) throws UndecodableException {
        try {
            return cast(prototype, prototype.getParserForType().parseFrom(in));
        } catch (InvalidProtocolBufferException e) {
            throw new UndecodableException("body: not Protobuf: " + e.getMessage(), e);
        }
    }

    // A message's own parser and builder make messages of its class, which Protobuf's types cannot say.
    @SuppressWarnings("unchecked")
    private static <Q extends Message> Q cast(Q prototype, Message message) {
        return (Q) prototype.getClass().cast(message);
    }
}
