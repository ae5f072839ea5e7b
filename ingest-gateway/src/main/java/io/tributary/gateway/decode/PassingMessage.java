package io.tributary.gateway.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.WireFormat;

/**
 * A message in Protobuf's wire format, looked at while its bytes pass on their way to the parser: takes room for what
 * the parser will make of them. It looks no further behind bytes that are no such message, where the parser ends, too.
 * Protobuf: "Message Structure" in encoding.md.
 */
final class PassingMessage {
    /** One more than the parser goes down. */
    private static final int MAX_DEPTH = JsonDecoder.MAX_DEPTH + 2;

    private static final int VARINT_BITS = 7;
    private static final int MAX_VARINT_BITS = 70;

    /** What the next varint is. */
    private enum Next {
        TAG,
        NUMBER,
        LENGTH,
        NOTHING
    }

    private final Room room;
    // Of the messages that are open, from the outermost.
    private final Shape[] shapes = new Shape[MAX_DEPTH];
    private final long[] ends = new long[MAX_DEPTH];
    private int depth;
    private long position;
    private Next next = Next.TAG;
    private int field;
    private long varint;
    private int bits;
    /** How many bytes are yet to pass unseen. */
    private long unseen;
    /** What each of these takes beside itself. */
    private long beside;

    /** A message of this type, none of which has passed yet. */
    PassingMessage(Descriptor type, Room room) {
        this.room = room;
        shapes[0] = Shape.of(type);
        ends[0] = Long.MAX_VALUE;
    }

    /** These bytes pass, the next ones; throws as the room does. */
    void pass(byte[] bytes, int offset, int length) {
        room.take(length);
        int end = offset + length;
        for (int i = offset; i < end && next != Next.NOTHING; ) {
            if (unseen > 0) {
                int some = (int) Math.min(unseen, end - i);
                i += some;
                unseen -= some;
                position += some;
                // Not by the length, of which nobody knows yet whether so much comes.
                room.take(beside * some);
                leave();
            } else {
                position++;
                varint(bytes[i++]);
            }
        }
    }

    private void varint(byte part) {
        varint |= (long) (part & 0x7f) << bits;
        bits += VARINT_BITS;
        if (part >= 0) {
            // The parser, too, keeps the low bits of tags and lengths.
            int value = (int) varint;
            varint = 0;
            bits = 0;
            read(value);
            leave();
        } else if (bits == MAX_VARINT_BITS) {
            next = Next.NOTHING;
        }
    }

    private void read(int value) {
        switch (next) {
            case TAG -> tag(value);
            case NUMBER -> {
                next = Next.TAG;
                if (shapes[depth].part(field) == Shape.Part.NUMBERS) {
                    room.take(Room.NUMBER_BYTES);
                }
            }
            case LENGTH -> {
                next = Next.TAG;
                length(value);
            }
            case NOTHING -> {}
        }
    }

    private void tag(int tag) {
        field = WireFormat.getTagFieldNumber(tag);
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> next = Next.NUMBER;
            case WireFormat.WIRETYPE_FIXED64 -> fixed(Long.BYTES);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> next = Next.LENGTH;
            case WireFormat.WIRETYPE_FIXED32 -> fixed(Integer.BYTES);
            // Nothing of ours is a group: the parser drops it, and it may be taken for more than it is.
            case WireFormat.WIRETYPE_START_GROUP, WireFormat.WIRETYPE_END_GROUP -> {}
            default -> next = Next.NOTHING;
        }
    }

    private void fixed(int bytes) {
        unseen = bytes;
        beside = 0;
    }

    private static long besideText(int length) {
        return length < Room.LONG_TEXT ? 0 : Room.LONG_TEXT_BYTES;
    }

    private void length(int length) {
        if (length < 0) {
            next = Next.NOTHING;
            return;
        }
        switch (shapes[depth].part(field)) {
            case MESSAGE -> {
                room.take(Room.OBJECT_BYTES);
                enter(length);
                return;
            }
            case NUMBERS -> beside = Room.NUMBER_BYTES - 1;
            case TEXTS -> {
                room.take(Room.OBJECT_BYTES);
                beside = besideText(length);
            }
            case OTHER -> beside = besideText(length);
        }
        unseen = length;
    }

    private void enter(int length) {
        if (depth + 1 == MAX_DEPTH) {
            next = Next.NOTHING;
            return;
        }
        shapes[depth + 1] = shapes[depth].message(field);
        depth++;
        ends[depth] = position + length;
    }

    private void leave() {
        while (unseen == 0 && next == Next.TAG && position >= ends[depth]) {
            depth--;
        }
    }
}
