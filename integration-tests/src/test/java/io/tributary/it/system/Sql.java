package io.tributary.it.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** QuestDB, asked as any user would. */
public final class Sql {
    private final Tributary tributary;

    public Sql(Tributary tributary) {
        this.tributary = tributary;
    }

    /** The rows of the answer, each a JSON array. */
    public List<JsonNode> query(String sql) {
        JsonNode answer =
                Http.get(tributary.at("QUESTDB", "/exec?query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8)));
        return StreamSupport.stream(answer.get("dataset").spliterator(), false).toList();
    }

    /** The names of all tables. */
    public List<String> tables() {
        return query("SELECT table_name FROM tables()").stream()
                .map(row -> row.get(0).asString())
                .toList();
    }
}
