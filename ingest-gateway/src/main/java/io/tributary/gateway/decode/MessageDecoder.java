package io.tributary.gateway.decode;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
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
 * costs no more than what was read of it up to the limit; and room is taken for each message before it is made.
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
     * @param room for what the message is in memory; what it throws is thrown
     * @throws UndecodableException if the body is not such a message
     * @throws BodyTooLargeException if the body is over the limit
     */
    public <Q extends Message> Q decode(byte[] body, boolean gzip, Encoding encoding, Q prototype, Room room)
            throws UndecodableException {
        if (body.length > maxBytes) {
            throw BodyTooLargeException.encoded(maxBytes);
        }
        try {
            return asItIs(body, gzip, encoding, prototype, room);
        } catch (UndecodableException e) {
            try {
                return withTextReplaced(body, gzip, encoding, prototype, room);
            } catch (UndecodableException _) {
                throw e;
            }
        }
    }

    private <Q extends Message> Q asItIs(byte[] body, boolean gzip, Encoding encoding, Q prototype, Room room)
            throws UndecodableException {
        return switch (encoding) {
            case JSON -> json(body, gzip, room, in -> cast(prototype, json.decode(in, prototype, room)));
            case PROTOBUF -> protobuf(body, gzip, prototype, room, in -> parse(in, prototype));
        };
    }

    private <Q extends Message> Q withTextReplaced(byte[] body, boolean gzip, Encoding encoding, Q prototype, Room room)
            throws UndecodableException {
        return switch (encoding) {
            case JSON -> json(body, gzip, room, in -> cast(prototype, json.decode(characters(in), prototype, room)));
            case PROTOBUF -> {
                byte[] readable = protobuf(
                        body,
                        gzip,
                        prototype,
                        room,
                        in -> ForeignText.replaced(in, prototype.getDescriptorForType(), room));
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

    private <T> T json(byte[] body, boolean gzip, Room room, Reading<InputStream, T> reading)
            throws UndecodableException {
        return read(body, gzip, (bytes, offset, length) -> room.take((long) length * Room.JSON_BYTES), reading);
    }

    private <T> T protobuf(
            byte[] body, boolean gzip, Message prototype, Room room, Reading<CodedInputStream, T> reading)
            throws UndecodableException {
        PassingMessage passing = new PassingMessage(prototype.getDescriptorForType(), room);
        if (gzip) {
            return read(body, true, passing::pass, in -> reading.from(CodedInputStream.newInstance(in)));
        }
        passing.pass(body, 0, body.length);
        try {
            return reading.from(CodedInputStream.newInstance(body));
        } catch (IOException e) {
            throw new UndecodableException("body: not Protobuf: " + e.getMessage(), e);
        }
    }

    private <T> T read(byte[] body, boolean gzip, LimitedStream.Reader reader, Reading<InputStream, T> reading)
            throws UndecodableException {
        try (InputStream raw = new ByteArrayInputStream(body);
                InputStream plain = gzip ? new GZIPInputStream(raw, INFLATE_BUFFER) : raw) {
            return reading.from(new LimitedStream(plain, maxBytes, reader));
        } catch (IOException e) {
            throw new UndecodableException("body: not gzip: " + e.getMessage(), e);
        }
    }

    private static <Q extends Message> Q parse(CodedInputStream in, Q prototype) throws UndecodableException {
        try {
            // What is not known costs nothing.
            return cast(
                    prototype,
                    DiscardUnknownFieldsParser.wrap(prototype.getParserForType())
                            .parseFrom(in));
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
