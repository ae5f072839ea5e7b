package io.tributary.gateway.prometheus;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;

/**
 * Attribute values as text, as a label holds them: a string as it is, numbers and truth values as JSON writes them,
 * bytes as Base64, arrays and maps as JSON, a missing value as nothing. OpenTelemetry: common/README.md, "AnyValue
 * representation for non-OTLP protocols".
 */
final class AttributeText {
    private static final char FIRST_PRINTABLE = ' ';

    private AttributeText() {}

    static String of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BYTES_VALUE -> base64(value);
            case ARRAY_VALUE, KVLIST_VALUE -> json(new StringBuilder(), value).toString();
            default -> "";
        };
    }

    private static StringBuilder json(StringBuilder out, AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> quote(out, value.getStringValue());
            case BYTES_VALUE -> quote(out, base64(value));
            case DOUBLE_VALUE ->
                Double.isFinite(value.getDoubleValue())
                        ? out.append(value.getDoubleValue())
                        : quote(out, Double.toString(value.getDoubleValue()));
            case BOOL_VALUE, INT_VALUE -> out.append(of(value));
            case ARRAY_VALUE -> array(out, value);
            case KVLIST_VALUE -> object(out, value);
            default -> out.append("null");
        };
    }

    private static StringBuilder array(StringBuilder out, AnyValue value) {
        out.append('[');
        String separator = "";
        for (AnyValue element : value.getArrayValue().getValuesList()) {
            json(out.append(separator), element);
            separator = ",";
        }
        return out.append(']');
    }

    private static StringBuilder object(StringBuilder out, AnyValue value) {
        out.append('{');
        String separator = "";
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
            json(quote(out.append(separator), entry.getKey()).append(':'), entry.getValue());
            separator = ",";
        }
        return out.append('}');
    }

    private static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }

    private static String base64(AnyValue value) {
        return Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
    }
}
