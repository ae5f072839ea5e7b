package io.tributary.connect.influx;

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
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Writes metric points and rollups over {@code /write}. A stale point is dropped as {@code stale}, one without a finite
 * number as {@code not_finite}; what the store refuses by itself is a dead letter.
 */
final class InfluxStore implements Store<InfluxStore.Lines> {
    /**
     * A record's rows as lines.
     *
     * @param unprepared those rows whose table is not known to have its keys
     * @param text a line for each row
     */
    record Lines(List<Row> unprepared, String text) {}

    /** QuestDB: {@code cairo.max.file.name.length}. */
    private static final int MAX_NAME = 127;

    private final Endpoint endpoint;
    private final URI write;
    private final boolean gzip;
    private final StoreType type;
    private final MetricRows rows;
    private final Optional<QuestDbTables> tables;
    private final Bisection<Lines> bisection = new Bisection<>(
            this::post, answer -> new Fate.Refused(new RejectedException(Reason.STORE_REFUSED, answer.describe())));

    InfluxStore(InfluxSettings settings) {
        endpoint = new Endpoint(settings);
        type = settings.storeType();
        gzip = settings.getBoolean(InfluxSettings.STORE_GZIP);
        rows = new MetricRows(new TenantLabel(settings.getString(InfluxSettings.TENANT_LABEL)));
        tables = type == StoreType.QUESTDB
                ? Optional.of(new QuestDbTables(endpoint, settings.storeUrl()))
                : Optional.empty();
        String database = URLEncoder.encode(settings.getString(InfluxSettings.STORE_DATABASE), StandardCharsets.UTF_8);
        write = URI.create(settings.storeUrl() + "/write?precision=ns&db=" + database);
    }

    @Override
    public Mapped<Lines> map(Decoded decoded) {
        List<Row> made = switch (decoded.value()) {
            case MetricPoint point -> rows.of(point);
            case RollupPoint point -> rows.of(point);
            default ->
                throw new IllegalArgumentException(
                        "no metric: " + decoded.value().getClass());
        };
        if (made.isEmpty()) {
            boolean stale = decoded.value() instanceof MetricPoint point && point.getValue() == null;
            return new Mapped.Done<>(Fate.dropped(stale ? "stale" : "not_finite"));
        }
        if (type == StoreType.QUESTDB) {
            made.forEach(InfluxStore::demandShortNames);
        }
        StringBuilder text = new StringBuilder(128 * made.size());
        made.forEach(row -> LineProtocol.write(text, row, type));
        return new Mapped.Write<>(new Lines(unprepared(made), text.toString()), text.length());
    }

    /** QuestDB makes files of these names, and refuses longer ones for ever. */
    private static void demandShortNames(Row row) {
        demandShort("table", row.table());
        row.tags().keySet().forEach(tag -> demandShort("column", tag));
    }

    private static void demandShort(String what, String name) {
        if (name.length() > MAX_NAME) {
            throw new RejectedException(
                    Reason.INVALID_RECORD,
                    what + ": a name of " + name.length() + " characters (expected: at most " + MAX_NAME + ")");
        }
    }

    private List<Row> unprepared(List<Row> made) {
        return tables.map(known -> made.stream().filter(row -> !known.has(row)).toList())
                .orElse(List.of());
    }

    @Override
    public Optional<List<Fate>> write(List<Lines> batch) {
        tables.ifPresent(known -> batch.forEach(lines -> lines.unprepared().forEach(known::ensure)));
        return Optional.of(bisection.write(batch));
    }

    private Answer post(List<Lines> batch) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(
                batch.stream().mapToInt(lines -> lines.text().length()).sum());
        batch.forEach(lines -> joined.writeBytes(lines.text().getBytes(StandardCharsets.UTF_8)));
        byte[] body = joined.toByteArray();
        Map<String, String> plain = Map.of("Content-Type", "text/plain; charset=utf-8");
        return gzip
                ? endpoint.post(
                        write,
                        Map.of("Content-Type", "text/plain; charset=utf-8", "Content-Encoding", "gzip"),
                        compress(body))
                : endpoint.post(write, plain, body);
    }

    private static byte[] compress(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
