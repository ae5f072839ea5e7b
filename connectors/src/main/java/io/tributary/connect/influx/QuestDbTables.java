package io.tributary.connect.influx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.connect.wire.Answer;
import io.tributary.connect.wire.Endpoint;
import io.tributary.schemas.failure.RetryableException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * QuestDB's tables, made before lines come so that their rows are unique by time and series: a row that comes again
 * replaces itself. The keys are the same whatever labels a metric has and whoever comes first: QuestDB changes a table
 * some time after it was told to, and can only be told all keys at once, so that keys that grew with the labels would
 * lose some where two changes meet.
 */
final class QuestDbTables {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "UPSERT KEYS(" + ColumnNames.TIMESTAMP + ", \"" + ColumnNames.SERIES + "\")";

    private final Endpoint endpoint;
    private final String exec;
    /** Tables that have their keys, in lower case. Names are few: one a metric. */
    private final Set<String> known = new HashSet<>();

    QuestDbTables(Endpoint endpoint, URI base) {
        this.endpoint = endpoint;
        this.exec = base + "/exec?query=";
    }

    /** Makes the row's table and its keys unless they are there; {@link RetryableException} if QuestDB is away. */
    void ensure(Row row) {
        if (!has(row)) {
            prepare(row);
            known.add(name(row));
        }
    }

    /** Whether the row's table is known to have its keys. */
    boolean has(Row row) {
        return known.contains(name(row));
    }

    private static String name(Row row) {
        return row.table().toLowerCase(Locale.ROOT);
    }

    private void prepare(Row row) {
        String table = '"' + row.table() + '"';
        run("CREATE TABLE IF NOT EXISTS " + table + " (" + columns(row) + ") TIMESTAMP(" + ColumnNames.TIMESTAMP
                + ") PARTITION BY DAY WAL DEDUP " + KEYS);
        if (!isKeyed(row.table())) {
            // Made by somebody else, or before there were series. Told twice, it is the same.
            run("ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS \"" + ColumnNames.SERIES + "\" UUID");
            run("ALTER TABLE " + table + " DEDUP ENABLE " + KEYS);
        }
    }

    /** Those that this row has; others are added by QuestDB as they come. */
    private static String columns(Row row) {
        StringBuilder columns =
                new StringBuilder(ColumnNames.TIMESTAMP + " TIMESTAMP_NS, \"" + ColumnNames.SERIES + "\" UUID");
        row.tags().keySet().forEach(tag -> columns.append(", \"").append(tag).append("\" SYMBOL"));
        row.fields()
                .keySet()
                .forEach(field -> columns.append(", \"").append(field).append("\" DOUBLE"));
        return columns.toString();
    }

    private boolean isKeyed(String table) {
        Answer answer = run("SELECT count() FROM table_columns('" + table + "') WHERE \"column\" = '"
                + ColumnNames.SERIES + "' AND upsertKey");
        try {
            return JSON.readTree(answer.body()).at("/dataset/0/0").asInt() == 1;
        } catch (JsonProcessingException e) {
            throw new RetryableException("prepare table: " + answer.describe(), e);
        }
    }

    private Answer run(String sql) {
        Answer answer = endpoint.get(URI.create(exec + URLEncoder.encode(sql, StandardCharsets.UTF_8)));
        if (answer.verdict() != Answer.Verdict.TAKEN) {
            throw new RetryableException("prepare table: " + answer.describe());
        }
        return answer;
    }
}
