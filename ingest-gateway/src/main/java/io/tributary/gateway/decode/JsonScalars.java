package io.tributary.gateway.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Single values of OTLP's JSON. Protobuf: "ProtoJSON format", with OTLP's own rules for ids and enums. */
final class JsonScalars {
    private static final Set<String> HEXADECIMAL = Set.of("trace_id", "span_id", "parent_span_id");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?");
    private static final int MAX_DIGITS = 400;
    private static final BigInteger MAX_UINT64 = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);
    private static final BigInteger MAX_UINT32 =
            BigInteger.TWO.pow(Integer.SIZE).subtract(BigInteger.ONE);

    private JsonScalars() {}

    static Object read(JsonParser parser, FieldDescriptor field) throws UndecodableException {
        return switch (field.getType()) {
            case STRING -> text(parser, field, "a string");
            case BOOL -> bool(parser, field);
            case BYTES -> bytes(parser, field);
            case DOUBLE -> number(parser, field);
            case FLOAT -> (float) number(parser, field);
            case ENUM -> enumerated(parser, field);
            case INT32, SINT32, SFIXED32 ->
                integer(parser, field, BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE))
                        .intValue();
            case UINT32, FIXED32 ->
                integer(parser, field, BigInteger.ZERO, MAX_UINT32).intValue();
            case INT64, SINT64, SFIXED64 ->
                integer(parser, field, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE))
                        .longValue();
            case UINT64, FIXED64 ->
                integer(parser, field, BigInteger.ZERO, MAX_UINT64).longValue();
            case MESSAGE, GROUP -> throw new IllegalArgumentException(field.getFullName() + ": not a single value");
        };
    }

    static UndecodableException wrong(JsonParser parser, String name, String expected) {
        JsonToken token = parser.currentToken();
        return new UndecodableException(name + ": " + (token == null ? "nothing" : token) + " (expected: " + expected
                + "), line " + parser.currentTokenLocation().getLineNr() + ", column "
                + parser.currentTokenLocation().getColumnNr());
    }

    private static String text(JsonParser parser, FieldDescriptor field, String expected) throws UndecodableException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(parser, field.getJsonName(), expected);
        }
        return parser.getString();
    }

    private static boolean bool(JsonParser parser, FieldDescriptor field) throws UndecodableException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong(parser, field.getJsonName(), "true or false");
        };
    }

    private static ByteString bytes(JsonParser parser, FieldDescriptor field) throws UndecodableException {
        boolean hexadecimal = HEXADECIMAL.contains(field.getName());
        String expected = hexadecimal ? "a string of hexadecimal digits" : "a string in Base64";
        String text = text(parser, field, expected);
        try {
            return ByteString.copyFrom(
                    hexadecimal
                            ? HexFormat.of().parseHex(text)
                            // Protobuf takes the alphabet for URLs as well.
                            : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw wrong(parser, field.getJsonName(), expected);
        }
    }

    private static Object enumerated(JsonParser parser, FieldDescriptor field) throws UndecodableException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(parser, field.getJsonName(), "the number of an enum value");
        }
        BigInteger max = BigInteger.valueOf(Integer.MAX_VALUE);
        int number = integer(parser, field, max.negate(), max).intValue();
        return field.getEnumType().findValueByNumberCreatingIfUnknown(number);
    }

    private static double number(JsonParser parser, FieldDescriptor field) throws UndecodableException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite(parser, field, parser.getString());
            case VALUE_STRING ->
                switch (parser.getString()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> finite(parser, field, parser.getString());
                };
            default -> throw wrong(parser, field.getJsonName(), "a number");
        };
    }

    private static double finite(JsonParser parser, FieldDescriptor field, String text) throws UndecodableException {
        if (text.length() <= MAX_DIGITS && NUMBER.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw wrong(parser, field.getJsonName(), "a number");
    }

    private static BigInteger integer(JsonParser parser, FieldDescriptor field, BigInteger min, BigInteger max)
            throws UndecodableException {
        String expected = "an integer from " + min + " to " + max;
        boolean number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                || parser.currentToken() == JsonToken.VALUE_STRING;
        String text = number ? parser.getString() : "";
        if (text.length() > MAX_DIGITS || !NUMBER.matcher(text).matches()) {
            throw wrong(parser, field.getJsonName(), expected);
        }
        BigDecimal value = new BigDecimal(text);
        // Looked at first, because a great exponent would make an integer of as many digits.
        boolean sane = value.signum() == 0 || (value.precision() - (long) value.scale() <= max.bitLength());
        if (!sane || value.stripTrailingZeros().scale() > 0) {
            throw wrong(parser, field.getJsonName(), expected);
        }
        BigInteger integer = value.toBigInteger();
        if (integer.compareTo(min) < 0 || integer.compareTo(max) > 0) {
            throw wrong(parser, field.getJsonName(), expected);
        }
        return integer;
    }
}
