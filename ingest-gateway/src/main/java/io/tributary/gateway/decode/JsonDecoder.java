package io.tributary.gateway.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.InputStream;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads OTLP's JSON: Protobuf's JSON mapping, but ids in hexadecimal, enums as numbers only, keys in lowerCamelCase
 * only, and unknown keys ignored. Messages nest as deep as Protobuf's own parser allows. OTLP: "JSON Protobuf
 * Encoding".
 */
public final class JsonDecoder {
    /** How deep messages may nest; the same as Protobuf's own limit. */
    static final int MAX_DEPTH = 100;

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<Descriptor, Map<String, FieldDescriptor>> fields = new ConcurrentHashMap<>();

    /** The message in the text, of the prototype's type; the text is UTF-8. */
    Message decode(InputStream text, Message prototype, Room room) throws UndecodableException {
        return decode(() -> JSON.createParser(ObjectReadContext.empty(), text), prototype, room);
    }

    /** The message in these characters. */
    Message decode(Reader text, Message prototype, Room room) throws UndecodableException {
        return decode(() -> JSON.createParser(ObjectReadContext.empty(), text), prototype, room);
    }

    private Message decode(Supplier<JsonParser> text, Message prototype, Room room) throws UndecodableException {
        Message.Builder builder = prototype.newBuilderForType();
        try (JsonParser parser = text.get()) {
            parser.nextToken();
            new Reading(parser, room).message(builder, "body", 0);
            if (parser.nextToken() != null) {
                throw new UndecodableException("body: more than one JSON value (expected: one object)");
            }
            return builder.build();
        } catch (JacksonException e) {
            throw new UndecodableException("body: not JSON: line " + line(e) + ", column " + column(e), e);
        }
    }

    /** One text, on its way into a message. */
    private final class Reading {
        private final JsonParser parser;
        private final Room room;

        Reading(JsonParser parser, Room room) {
            this.parser = parser;
            this.room = room;
        }

        void message(Message.Builder builder, String name, int depth) throws UndecodableException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw JsonScalars.wrong(parser, name, "an object");
            }
            if (depth >= MAX_DEPTH) {
                throw new UndecodableException(name + ": nested deeper than " + MAX_DEPTH + " messages");
            }
            Map<String, FieldDescriptor> known = fields(builder.getDescriptorForType());
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                FieldDescriptor field = known.get(parser.currentName());
                JsonToken token = parser.nextToken();
                if (field == null) {
                    parser.skipChildren();
                } else if (token != JsonToken.VALUE_NULL) {
                    field(builder, field, depth);
                }
            }
        }

        private void field(Message.Builder builder, FieldDescriptor field, int depth) throws UndecodableException {
            if (!field.isRepeated()) {
                builder.setField(field, value(builder, field, depth));
                return;
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw JsonScalars.wrong(parser, field.getJsonName(), "an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                room.take(Room.NUMBER_BYTES);
                builder.addRepeatedField(field, value(builder, field, depth));
            }
        }

        private Object value(Message.Builder builder, FieldDescriptor field, int depth) throws UndecodableException {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                return JsonScalars.read(parser, field);
            }
            room.take(Room.OBJECT_BYTES);
            Message.Builder child = builder.newBuilderForField(field);
            message(child, field.getJsonName(), depth + 1);
            return child.build();
        }
    }

    private Map<String, FieldDescriptor> fields(Descriptor type) {
        return fields.computeIfAbsent(type, unseen -> {
            Map<String, FieldDescriptor> byName = new HashMap<>();
            unseen.getFields().forEach(field -> byName.put(field.getJsonName(), field));
            return byName;
        });
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    private static int column(JacksonException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
    }
}
