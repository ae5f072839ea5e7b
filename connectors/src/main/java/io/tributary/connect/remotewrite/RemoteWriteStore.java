package io.tributary.connect.remotewrite;

import io.tributary.connect.series.TenantLabel;
import io.tributary.connect.sink.Decoded;
import io.tributary.connect.sink.Fate;
import io.tributary.connect.sink.Mapped;
import io.tributary.connect.sink.Store;
import io.tributary.connect.wire.Answer;
import io.tributary.connect.wire.Bisection;
import io.tributary.connect.wire.Endpoint;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xerial.snappy.Snappy;

/**
 * Sends metric points and rollups by remote write 1.0. Names are checked before they are sent; so what a store still
 * refuses of a single record is its time: older than what the series has already, or than the store takes. Such a
 * record is dropped as {@code out_of_order}, never retried and never a dead letter, since sending it again cannot help.
 */
final class RemoteWriteStore implements Store<List<SeriesPoint>> {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/x-protobuf",
            "Content-Encoding", "snappy",
            "X-Prometheus-Remote-Write-Version", "0.1.0",
            "User-Agent", "tributary");
    private static final int SAMPLE_BYTES = 18;

    private final Endpoint endpoint;
    private final URI url;
    private final MetricPoints points;
    private final Bisection<List<SeriesPoint>> bisection =
            new Bisection<>(this::post, answer -> Fate.dropped("out_of_order"));

    RemoteWriteStore(RemoteWriteSettings settings) {
        endpoint = new Endpoint(settings);
        url = settings.storeUrl();
        points = new MetricPoints(new TenantLabel(settings.getString(RemoteWriteSettings.TENANT_LABEL)));
    }

    @Override
    public Mapped<List<SeriesPoint>> map(Decoded decoded) {
        List<SeriesPoint> made = switch (decoded.value()) {
            case MetricPoint point -> points.of(point);
            case RollupPoint point -> points.of(point);
            default ->
                throw new IllegalArgumentException(
                        "no metric: " + decoded.value().getClass());
        };
        int bytes = made.stream()
                .mapToInt(point -> point.series().labels().length + SAMPLE_BYTES)
                .sum();
        return new Mapped.Write<>(made, Math.max(1, bytes));
    }

    @Override
    public Optional<List<Fate>> write(List<List<SeriesPoint>> batch) {
        return Optional.of(bisection.write(batch));
    }

    private Answer post(List<List<SeriesPoint>> batch) {
        try {
            return endpoint.post(url, HEADERS, Snappy.compress(WriteRequest.encode(batch)));
        } catch (IOException e) {
            throw new UncheckedIOException("compression in memory cannot fail", e);
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
