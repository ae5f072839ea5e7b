package io.tributary.gateway.decode;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Text in another encoding than UTF-8, which agents pass on as programs wrote it, and for which Protobuf refuses the
 * whole message. Protobuf: "Message Structure" in encoding.md.
 */
final class ForeignText {
    private ForeignText() {}

    /**
     * The same message, in whose text each sequence of bytes that is no UTF-8 is U+FFFD; {@link IOException} if it is
     * no message of this type. Takes room for the message, and for each within it.
     */
    static byte[] replaced(CodedInputStream in, Descriptor type, Room room) throws IOException {
        return message(in, type, 0, room);
    }

    private static byte[] message(CodedInputStream in, Descriptor type, int depth, Room room) throws IOException {
        if (depth > JsonDecoder.MAX_DEPTH) {
            throw new IOException("nested deeper than " + JsonDecoder.MAX_DEPTH + " messages");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (delimited && field != null && field.getType() == FieldDescriptor.Type.STRING) {
                byte[] text = in.readByteArray();
                if (text.length >= Room.LONG_TEXT) {
                    room.take((long) text.length * Room.REPLACED_BYTES);
                }
                out.writeString(field.getNumber(), new String(text, StandardCharsets.UTF_8));
            } else if (delimited && field != null && field.getType() == FieldDescriptor.Type.MESSAGE) {
                int limit = in.pushLimit(in.readRawVarint32());
                out.writeByteArray(field.getNumber(), message(in, field.getMessageType(), depth + 1, room));
                in.popLimit(limit);
            } else {
                UnknownFieldSet.Builder other = UnknownFieldSet.newBuilder();
                if (!other.mergeFieldFrom(tag, in)) {
                    throw new IOException("a group ends that did not begin");
                }
                other.build().writeTo(out);
            }
        }
        // A stream that ends within a message looks like the message's end.
        if (in.getBytesUntilLimit() > 0) {
            throw new IOException("cut off");
        }
        out.flush();
        room.take(bytes.size());
        return bytes.toByteArray();
    }
}
