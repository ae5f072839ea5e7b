package io.tributary.delivery.elasticsearch;

import io.tributary.schemas.failure.RetryableException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Templates that must be there before the first document, in the order in which they are added. Putting them again
 * changes nothing.
 */
public final class IndexTemplates {
    private final SequencedMap<String, String> bodies = new LinkedHashMap<>();

    /** Adds a component template with this name and JSON body. */
    public IndexTemplates component(String name, String json) {
        bodies.put("/_component_template/" + name, json);
        return this;
    }

    /** Adds an index template with this name and JSON body. */
    public IndexTemplates index(String name, String json) {
        bodies.put("/_index_template/" + name, json);
        return this;
    }

    /**
     * Puts every template.
     *
     * @throws RetryableException if Elasticsearch is away or refuses one; the message holds its answer;
     *     {@link AccessRefusedException} if it refuses our credentials
     */
    public void install(ElasticsearchHttp elasticsearch) throws InterruptedException {
        for (Map.Entry<String, String> template : bodies.entrySet()) {
            put(elasticsearch, template.getKey(), template.getValue());
        }
    }

    private static void put(ElasticsearchHttp elasticsearch, String path, String json) throws InterruptedException {
        try {
            ElasticsearchAnswer answer = elasticsearch.send("PUT", path, json);
            if (answer.isSuccess()) {
                return;
            }
            ElasticsearchError error = ElasticsearchError.of(answer.body());
            String message = "PUT " + path + ": HTTP " + answer.status() + ' ' + error.type() + ": " + error.reason();
            throw answer.isAccessRefused() ? new AccessRefusedException(message) : new RetryableException(message);
        } catch (IOException e) {
            throw new RetryableException("PUT " + path + ": " + e, e);
        }
    }
}
