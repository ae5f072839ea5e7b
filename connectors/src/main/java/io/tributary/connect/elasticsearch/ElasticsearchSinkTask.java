package io.tributary.connect.elasticsearch;

import io.tributary.connect.sink.RecordDecoder;
import io.tributary.connect.sink.SinkSettings;
import io.tributary.connect.sink.Store;
import io.tributary.connect.sink.StoreSinkTask;
import io.tributary.delivery.bulk.BulkObserver;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Random;

/** A task of {@link ElasticsearchSinkConnector}. */
public final class ElasticsearchSinkTask extends StoreSinkTask<Documents> {
    /** Made by the worker. */
    public ElasticsearchSinkTask() {}

    @Override
    protected SinkSettings settings(Map<String, String> properties) {
        return new ElasticsearchSinkSettings(properties);
    }

    @Override
    protected RecordDecoder decoder(Topics topics) {
        return RecordDecoder.traces(topics);
    }

    @Override
    protected Store<Documents> open(SinkSettings settings) {
        ElasticsearchSinkSettings mine = (ElasticsearchSinkSettings) settings;
        ElasticsearchHttp elasticsearch = new ElasticsearchHttp(mine.connection());
        BulkWriter writer = new BulkWriter(
                        elasticsearch, Templates.all(), mine.bulk(), BulkObserver.NONE, Clock.systemUTC(), new Random())
                .start();
        return new ElasticsearchStore(elasticsearch, writer, Clock.systemUTC());
    }
}
