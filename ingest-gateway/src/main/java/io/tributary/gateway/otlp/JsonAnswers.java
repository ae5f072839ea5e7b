package io.tributary.gateway.otlp;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Responses as JSON. Protobuf: "ProtoJSON format": numbers of 64 bits are strings. */
final class JsonAnswers {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonAnswers() {}

    /** An export response; without a partial success when nothing was rejected. */
    static String taken(String rejectedField, long rejected, String message) {
        if (rejected == 0) {
            return "{}";
        }
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("partialSuccess");
            json.writeStringProperty(rejectedField, Long.toString(rejected));
            json.writeStringProperty("errorMessage", message);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toString();
    }

    /** A {@code google.rpc.Status}. */
    static String status(int code, String message) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("code", code);
            json.writeStringProperty("message", message);
            json.writeEndObject();
        }
        return out.toString();
    }
}
