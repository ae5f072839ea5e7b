package io.tributary.gateway.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpData;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** gRPC's framing of single messages, and its status in headers. gRPC: PROTOCOL-HTTP2.md. */
final class GrpcFrames {
    /** Bytes before each message: whether it is compressed, and its length. */
    static final int HEADER_BYTES = 5;

    private GrpcFrames() {}

    /** The only message of the body; {@link ProblemException} if there is another number of them. */
    static OtlpReceiver.Framed unframe(ByteBuf body, boolean gzip) {
        if (body.readableBytes() < HEADER_BYTES) {
            throw new ProblemException(Problem.UNDECODABLE, "body: no message (expected: one)");
        }
        int start = body.readerIndex();
        int flag = body.getByte(start);
        long length = body.getUnsignedInt(start + 1);
        if (length != body.readableBytes() - HEADER_BYTES) {
            throw new ProblemException(Problem.UNDECODABLE, "body: not one whole message (expected: one)");
        }
        if (flag != 0 && !(flag == 1 && gzip)) {
            throw new ProblemException(Problem.UNDECODABLE, "message: compressed, and grpc-encoding does not tell how");
        }
        return new OtlpReceiver.Framed(body.slice(start + HEADER_BYTES, (int) length), flag == 1);
    }

    /** The message with its frame, not compressed. */
    static HttpData frame(Message message) {
        byte[] bytes = message.toByteArray();
        return HttpData.wrap(ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .put((byte) 0)
                .putInt(bytes.length)
                .put(bytes)
                .array());
    }

    /** The text of the header {@code grpc-message}: UTF-8 with all that is not printable ASCII as %XX. */
    static String message(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", Byte.toUnsignedInt(b)));
            }
        }
        return encoded.toString();
    }

    /** The text of the header {@code grpc-status-details-bin}: a status that tells when to try again. */
    static String retryDetails(int code, String text, int seconds) {
        RetryInfo info = RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setSeconds(seconds))
                .build();
        Status status = Status.newBuilder()
                .setCode(code)
                .setMessage(text)
                .addDetails(Any.pack(info))
                .build();
        return Base64.getEncoder().withoutPadding().encodeToString(status.toByteArray());
    }
}
