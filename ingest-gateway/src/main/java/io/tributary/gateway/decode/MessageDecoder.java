package io.tributary.gateway.decode;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
     * The message in the body, of the prototype's type.
     *
     * @throws UndecodableException if the body is not such a message
     * @throws BodyTooLargeException if the body is over the limit
     */
    public <Q extends Message> Q decode(byte[] body, boolean gzip, Encoding encoding, Q prototype)
            throws UndecodableException, BodyTooLargeException {
        if (body.length > maxBytes) {
            throw new BodyTooLargeException(maxBytes);
        }
        if (!gzip && encoding == Encoding.PROTOBUF) {
            return protobuf(CodedInputStream.newInstance(body), prototype);
        }
        LimitedStream limited = null;
        try (InputStream raw = new ByteArrayInputStream(body)) {
            limited = new LimitedStream(gzip ? new GZIPInputStream(raw, INFLATE_BUFFER) : raw, maxBytes);
            return read(limited, encoding, prototype);
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

    private <Q extends Message> Q read(InputStream in, Encoding encoding, Q prototype) throws UndecodableException {
        if (encoding == Encoding.PROTOBUF) {
            return protobuf(CodedInputStream.newInstance(in), prototype);
        }
        Message.Builder builder = prototype.newBuilderForType();
        json.decode(in, builder);
        return cast(prototype, builder.build());
    }

    private static <Q extends Message> Q protobuf(CodedInputStream in, Q prototype) throws UndecodableException {
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
