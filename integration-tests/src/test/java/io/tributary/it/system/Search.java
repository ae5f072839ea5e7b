package io.tributary.it.system;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Elasticsearch, asked as any user would. */
public final class Search {
    private final Endpoints endpoints;

    public Search(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** How many documents of these indices have this value in this field. */
    public long count(String indices, String field, Object value) {
        return post(indices, "_count", "{\"query\":" + term(field, value) + "}")
                .get("count")
                .asLong();
    }

    /** The sources of at most 10,000 documents of these indices that have this value in this field. */
    public List<JsonNode> find(String indices, String field, Object value) {
        JsonNode hits = post(indices, "_search", "{\"size\":10000,\"query\":" + term(field, value) + "}");
        return StreamSupport.stream(hits.get("hits").get("hits").spliterator(), false)
                .map(hit -> hit.get("_source"))
                .toList();
    }

    /** The sources of the newest 10,000 documents of these indices at most. */
    public List<JsonNode> all(String indices) {
        JsonNode hits = post(indices, "_search", "{\"size\":10000,\"query\":{\"match_all\":{}}}");
        return StreamSupport.stream(hits.get("hits").get("hits").spliterator(), false)
                .map(hit -> hit.get("_source"))
                .toList();
    }

    /** Gives the sources, cut to one field, of all documents of these indices with this value in this field. */
    public void each(String indices, String field, Object value, String wanted, Consumer<JsonNode> each) {
        JsonNode page = Http.post(
                endpoints.at(
                        "ELASTICSEARCH",
                        "/" + indices + "/_search?scroll=1m&allow_no_indices=true&ignore_unavailable=true"),
                "{\"size\":10000,\"sort\":[\"_doc\"],\"_source\":[\"" + wanted + "\"],\"query\":" + term(field, value)
                        + "}");
        while (!page.at("/hits/hits").isEmpty()) {
            page.at("/hits/hits").forEach(hit -> each.accept(hit.get("_source")));
            page = Http.post(
                    endpoints.at("ELASTICSEARCH", "/_search/scroll"),
                    "{\"scroll\":\"1m\",\"scroll_id\":\""
                            + page.get("_scroll_id").asString() + "\"}");
        }
    }

    /** Makes searchable what was written until now. */
    public Search refreshed() {
        Http.post(endpoints.at("ELASTICSEARCH", "/_refresh"), "");
        return this;
    }

    private JsonNode post(String indices, String action, String body) {
        return Http.post(
                endpoints.at(
                        "ELASTICSEARCH",
                        "/" + indices + "/" + action + "?allow_no_indices=true&ignore_unavailable=true"),
                body);
    }

    private static String term(String field, Object value) {
        return "{\"term\":{\"" + field + "\":" + JsonMapper.shared().writeValueAsString(value) + "}}";
    }
}
