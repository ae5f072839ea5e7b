package io.tributary.connect.influx;

import io.tributary.connect.wire.Answer;
import io.tributary.connect.wire.Endpoint;
import io.tributary.schemas.failure.RetryableException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * QuestDB's tables, made before lines come so that their rows are unique by time and symbols: a row that comes again
 * replaces itself. Symbols that come later are added to the table and to its keys.
 */
final class QuestDbTables {
    private static final Pattern SYMBOL = Pattern.compile("\\[\"([^\"]+)\",\"SYMBOL\",(true|false)\\]");

    private final Endpoint endpoint;
    private final String exec;
    /** Tables and their symbols in lower case. Names are few: one a metric. */
    private final Map<String, Set<String>> known = new HashMap<>();

    QuestDbTables(Endpoint endpoint, URI base) {
        this.endpoint = endpoint;
        this.exec = base + "/exec?query=";
    }

    /** Makes the row's table and symbols unless they are there; {@link RetryableException} if QuestDB is away. */
    void ensure(Row row) {
        if (!has(row)) {
            known.put(table(row), prepare(row));
        }
    }

    /** Whether the row's table and symbols are known to be there. */
    boolean has(Row row) {
        Set<String> symbols = known.get(table(row));
        return symbols != null && covers(symbols, row);
    }

    private static String table(Row row) {
        return row.table().toLowerCase(Locale.ROOT);
    }

    private static boolean covers(Set<String> symbols, Row row) {
        for (String tag : row.tags().keySet()) {
            if (!symbols.contains(tag.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private Set<String> prepare(Row row) {
        String table = '"' + row.table() + '"';
        run("CREATE TABLE IF NOT EXISTS " + table + " (" + columns(row) + ") TIMESTAMP(" + ColumnNames.TIMESTAMP
                + ") PARTITION BY DAY WAL DEDUP UPSERT KEYS(" + keys(row.tags().keySet()) + ")");
        Map<String, Boolean> present = symbols(row.table());
        Set<String> all = new TreeSet<>(present.keySet());
        for (String tag : row.tags().keySet()) {
            if (all.add(tag.toLowerCase(Locale.ROOT))) {
                run("ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS \"" + tag + "\" SYMBOL");
            }
        }
        if (present.size() < all.size() || present.containsValue(false)) {
            run("ALTER TABLE " + table + " DEDUP ENABLE UPSERT KEYS(" + keys(all) + ")");
        }
        return new HashSet<>(all);
    }

    private static String columns(Row row) {
        StringBuilder columns = new StringBuilder(ColumnNames.TIMESTAMP).append(" TIMESTAMP_NS");
        row.tags().keySet().forEach(tag -> columns.append(", \"").append(tag).append("\" SYMBOL"));
        row.fields()
                .keySet()
                .forEach(field -> columns.append(", \"").append(field).append("\" DOUBLE"));
        return columns.toString();
    }

    private static String keys(Collection<String> tags) {
        return ColumnNames.TIMESTAMP
                + tags.stream().map(tag -> ", \"" + tag + '"').collect(Collectors.joining());
    }

    /** The table's symbols in lower case, and whether each is one of its keys. */
    private Map<String, Boolean> symbols(String table) {
        Answer answer = run("SELECT \"column\", type, upsertKey FROM table_columns('" + table + "')");
        Map<String, Boolean> symbols = new HashMap<>();
        Matcher matcher = SYMBOL.matcher(answer.body());
        while (matcher.find()) {
            symbols.put(matcher.group(1).toLowerCase(Locale.ROOT), Boolean.valueOf(matcher.group(2)));
        }
        return symbols;
    }

    private Answer run(String sql) {
        Answer answer = endpoint.get(URI.create(exec + URLEncoder.encode(sql, StandardCharsets.UTF_8)));
        if (answer.verdict() != Answer.Verdict.TAKEN) {
            throw new RetryableException("prepare table: " + answer.describe());
        }
        return answer;
    }
}
