package io.tributary.gateway.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the fields of a type of message are in memory. */
final class Shape {
    private static final Map<Descriptor, Shape> KNOWN = new ConcurrentHashMap<>();

    /** What one field takes beside its bytes. */
    enum Part {
        /** An object for each. */
        MESSAGE,
        /** An object for each. */
        TEXTS,
        /** Eight bytes for each, where one is enough on the wire. */
        NUMBERS,
        /** Nothing: it is a part of its message, or is dropped. */
        OTHER
    }

    private final Descriptor type;
    private final Part[] parts;
    private final Shape[] messages;

    private Shape(Descriptor type) {
        this.type = type;
        int fields = 1
                + type.getFields().stream()
                        .mapToInt(FieldDescriptor::getNumber)
                        .max()
                        .orElse(0);
        this.parts = new Part[fields];
        this.messages = new Shape[fields];
        Arrays.fill(parts, Part.OTHER);
        type.getFields().forEach(field -> parts[field.getNumber()] = part(field));
    }

    static Shape of(Descriptor type) {
        return KNOWN.computeIfAbsent(type, Shape::new);
    }

    Part part(int field) {
        return field < parts.length ? parts[field] : Part.OTHER;
    }

    /** The shape of a message in this field. */
    Shape message(int field) {
        Shape known = messages[field];
        if (known == null) {
            known = of(type.findFieldByNumber(field).getMessageType());
            messages[field] = known;
        }
        return known;
    }

    private static Part part(FieldDescriptor field) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            return Part.MESSAGE;
        }
        if (!field.isRepeated()) {
            return Part.OTHER;
        }
        return switch (field.getType()) {
            case STRING, BYTES -> Part.TEXTS;
            case DOUBLE, FLOAT, FIXED64, FIXED32, SFIXED64, SFIXED32 -> Part.OTHER;
            default -> Part.NUMBERS;
        };
    }
}
