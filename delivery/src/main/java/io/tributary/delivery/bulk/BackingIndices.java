package io.tributary.delivery.bulk;

import io.tributary.delivery.elasticsearch.ElasticsearchAnswer;
import io.tributary.delivery.elasticsearch.ElasticsearchError;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Which indices stand behind a data stream, and since when; remembered until told to forget. */
final class BackingIndices {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int REMEMBERED = 10_000;

    /**
     * A backing index.
     *
     * @param name its name
     * @param createdMillis since when it is there, in milliseconds since the epoch UTC
     */
    record Backing(String name, long createdMillis) {}

    private final ElasticsearchHttp elasticsearch;
    private final Map<String, List<Backing>> known = new ConcurrentHashMap<>();

    BackingIndices(ElasticsearchHttp elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /** The indices behind this data stream, the oldest first; empty if it is not there yet. */
    List<Backing> of(String stream) throws IOException, InterruptedException {
        List<Backing> indices = known.get(stream);
        if (indices == null) {
            indices = ask(stream);
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(stream, indices);
        }
        return indices;
    }

    /** The data stream has another index than we know. */
    void forget(String stream) {
        known.remove(stream);
    }

    private List<Backing> ask(String stream) throws IOException, InterruptedException {
        String path = '/' + ElasticsearchHttp.segment(stream) + "/_settings/index.creation_date";
        ElasticsearchAnswer answer = elasticsearch.send("GET", path, "");
        if (answer.status() == 404) {
            return List.of();
        }
        if (!answer.isSuccess()) {
            throw new IOException("GET " + path + ": HTTP " + answer.status() + ' '
                    + ElasticsearchError.of(answer.body()).type());
        }
        return parse(answer.body());
    }

    /** Reads {@code {"name":{"settings":{"index":{"creation_date":"millis"}}},…}}. */
    private static List<Backing> parse(byte[] body) throws IOException {
        List<Backing> indices = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            String index = "";
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> depth++;
                    case END_OBJECT -> depth--;
                    case PROPERTY_NAME -> index = depth == 1 ? parser.currentName() : index;
                    case VALUE_STRING -> indices.add(new Backing(index, Long.parseLong(parser.getString())));
                    default -> throw new IOException("settings: " + token + " (expected: times of creation)");
                }
            }
        } catch (JacksonException | NumberFormatException e) {
            throw new IOException("settings: not readable (expected: times of creation)", e);
        }
        indices.sort(Comparator.comparingLong(Backing::createdMillis).thenComparing(Backing::name));
        return indices;
    }
}
