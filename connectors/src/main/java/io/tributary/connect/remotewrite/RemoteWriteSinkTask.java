package io.tributary.connect.remotewrite;

import io.tributary.connect.sink.RecordDecoder;
import io.tributary.connect.sink.SinkSettings;
import io.tributary.connect.sink.Store;
import io.tributary.connect.sink.StoreSinkTask;
import io.tributary.schemas.topic.Topics;
import java.util.List;
import java.util.Map;

/** A task of {@link RemoteWriteSinkConnector}. */
public final class RemoteWriteSinkTask extends StoreSinkTask<List<SeriesPoint>> {
    /** Made by the worker. */
    public RemoteWriteSinkTask() {}

    @Override
    protected SinkSettings settings(Map<String, String> properties) {
        return new RemoteWriteSettings(properties);
    }

    @Override
    protected RecordDecoder decoder(Topics topics) {
        return RecordDecoder.metrics(topics);
    }

    @Override
    protected Store<List<SeriesPoint>> open(SinkSettings settings) {
        return new RemoteWriteStore((RemoteWriteSettings) settings);
    }
}
