package io.tributary.delivery.elasticsearch;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Why Elasticsearch refused. Decisions look at the type only: the reason is for people.
 *
 * @param type such as {@code document_parsing_exception}; empty if it was not told
 * @param reason in words; empty if it was not told
 */
public record ElasticsearchError(String type, String reason) {
    /** Nothing was told. */
    public static final ElasticsearchError NONE = new ElasticsearchError("", "");

    private static final JsonFactory JSON = new JsonFactory();

    /** The {@code error} of an answer as a whole; {@link #NONE} if the body is not such an answer. */
    public static ElasticsearchError of(byte[] body) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean error = "error".equals(parser.currentName());
                parser.nextToken();
                if (error) {
                    return read(parser);
                }
                parser.skipChildren();
            }
            return NONE;
        } catch (JacksonException e) {
            // A proxy's page, say: the status alone decides then.
            return NONE;
        }
    }

    /** The error that the parser stands at: an object, or a text which is taken as the reason. */
    public static ElasticsearchError read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return new ElasticsearchError("", parser.getString());
        }
        String type = "";
        String reason = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "type" -> type = parser.getString();
                case "reason" -> reason = parser.getString();
                default -> parser.skipChildren();
            }
        }
        return new ElasticsearchError(type, reason);
    }
}
