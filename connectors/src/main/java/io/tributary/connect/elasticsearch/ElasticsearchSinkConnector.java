package io.tributary.connect.elasticsearch;

import io.tributary.connect.sink.RecordDecoder;
import io.tributary.connect.sink.StoreSinkConnector;

/**
 * Writes the topics {@code traces} and {@code service-edges} to Elasticsearch: spans, services and dependencies as
 * Jaeger's own storage does, and traces and edges as data of their own. {@code store.url} is the base of the node.
 */
public final class ElasticsearchSinkConnector extends StoreSinkConnector {
    /** Made by the worker. */
    public ElasticsearchSinkConnector() {
        super(ElasticsearchSinkSettings.define(), ElasticsearchSinkTask.class, RecordDecoder::traces);
    }
}
