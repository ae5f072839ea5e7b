package io.tributary.connect.influx;

import io.tributary.connect.sink.RecordDecoder;
import io.tributary.connect.sink.SinkSettings;
import io.tributary.connect.sink.Store;
import io.tributary.connect.sink.StoreSinkTask;
import io.tributary.schemas.topic.Topics;
import java.util.Map;

/** A task of {@link InfluxSinkConnector}. */
public final class InfluxSinkTask extends StoreSinkTask<InfluxStore.Lines> {
    /** Made by the worker. */
    public InfluxSinkTask() {}

    @Override
    protected SinkSettings settings(Map<String, String> properties) {
        return new InfluxSettings(properties);
    }

    @Override
    protected RecordDecoder decoder(Topics topics) {
        return RecordDecoder.metrics(topics);
    }

    @Override
    protected Store<InfluxStore.Lines> open(SinkSettings settings) {
        return new InfluxStore((InfluxSettings) settings);
    }
}
