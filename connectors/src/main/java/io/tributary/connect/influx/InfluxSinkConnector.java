package io.tributary.connect.influx;

import io.tributary.connect.sink.RecordDecoder;
import io.tributary.connect.sink.StoreSinkConnector;

/** Writes the topics {@code metrics} and {@code metrics.rollup} to InfluxDB or QuestDB by the line protocol. */
public final class InfluxSinkConnector extends StoreSinkConnector {
    /** Made by the worker. */
    public InfluxSinkConnector() {
        super(InfluxSettings.define(), InfluxSinkTask.class, RecordDecoder::metrics);
    }
}
