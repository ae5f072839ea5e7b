package io.tributary.connect.remotewrite;

import io.tributary.connect.sink.RecordDecoder;
import io.tributary.connect.sink.StoreSinkConnector;

/** Sends the topics {@code metrics} and {@code metrics.rollup} to a store by Prometheus's remote write. */
public final class RemoteWriteSinkConnector extends StoreSinkConnector {
    /** Made by the worker. */
    public RemoteWriteSinkConnector() {
        super(RemoteWriteSettings.define(), RemoteWriteSinkTask.class, RecordDecoder::metrics);
    }
}
