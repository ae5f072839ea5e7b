package io.tributary.delivery.bulk;

import io.tributary.delivery.elasticsearch.ElasticsearchError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Elasticsearch's answer to a bulk request.
 *
 * @param items the answers to the items, in their order
 */
public record BulkAnswer(List<Item> items) {
    /** Only what is read of an answer, to spare Elasticsearch and us the rest. */
    static final String FILTER =
            "items.*.status,items.*._index,items.*.error.type,items.*.error.reason,items.*.failure_store";

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The answer to one item.
     *
     * @param index the index that took or refused the document: for a data stream, one of its backing indices
     * @param status an HTTP status
     * @param error why it failed; {@link ElasticsearchError#NONE} if it did not
     * @param diverted whether the failure store took it
     */
    public record Item(String index, int status, ElasticsearchError error, boolean diverted) {}

    /** The answer in this body; {@link IOException} if it is none. */
    static BulkAnswer parse(byte[] body) throws IOException {
        List<Item> items = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean list = "items".equals(parser.currentName());
                parser.nextToken();
                if (list) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        items.add(item(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("not an answer to a bulk request: " + e.getOriginalMessage(), e);
        }
        return new BulkAnswer(items);
    }

    private static Item item(JsonParser parser) throws IOException {
        expect(parser.nextToken(), JsonToken.PROPERTY_NAME);
        expect(parser.nextToken(), JsonToken.START_OBJECT);
        String index = "";
        int status = 0;
        ElasticsearchError error = ElasticsearchError.NONE;
        boolean diverted = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "_index" -> index = parser.getString();
                case "status" -> status = parser.getIntValue();
                case "error" -> error = ElasticsearchError.read(parser);
                case "failure_store" -> diverted = "used".equals(parser.getString());
                default -> parser.skipChildren();
            }
        }
        expect(parser.nextToken(), JsonToken.END_OBJECT);
        return new Item(index, status, error, diverted);
    }

    private static void expect(JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new IOException("not an answer to a bulk request: " + token + " (expected: " + expected + ")");
        }
    }
}
