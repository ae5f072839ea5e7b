package io.tributary.it.grafana;

import io.tributary.it.system.Command;
import io.tributary.promql.Features;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.parser.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard of {@code docker/grafana/dashboards}.
 *
 * @param file its name
 * @param json its model, as Grafana's schema has it
 */
public record Dashboard(String file, JsonNode json) {
    private static final Path FOLDER = Path.of("docker/grafana/dashboards");

    /**
     * A query of a panel.
     *
     * @param panel the panel's title
     * @param source the data source, with uid and type
     * @param json the query, in its data source's language
     */
    public record Query(String panel, JsonNode source, JsonNode json) {
        /** Whether it asks a Prometheus. */
        public boolean isPromql() {
            return source.get("type").asString().equals("prometheus");
        }

        /** The PromQL, with what Grafana would put in place of its variables. */
        public String promql() {
            return json.get("expr").asString().replace("$__rate_interval", "5m").replace("$service", ".*");
        }

        /** The names of the metrics that it selects. */
        public Set<String> metrics() {
            Set<String> names = new TreeSet<>();
            collect(Parser.parse(promql(), Features.STABLE), names);
            return names;
        }

        private static void collect(Expr expr, Set<String> names) {
            if (expr instanceof Selector selector) {
                names.add(selector.name());
            }
            expr.children().forEach(child -> collect(child, names));
        }

        /** The fields of documents that it names. */
        public Set<String> fields() {
            Set<String> fields = new TreeSet<>(json.findValuesAsString("field"));
            fields.add(json.get("timeField").asString());
            return fields;
        }
    }

    /** All of them. */
    public static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(Command.root().resolve(FOLDER))) {
            return files.sorted()
                    .map(file -> new Dashboard(
                            file.getFileName().toString(), JsonMapper.shared().readTree(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The queries of all of them. */
    public static List<Query> queries() {
        return all().stream().flatMap(board -> board.panelQueries().stream()).toList();
    }

    List<JsonNode> panels() {
        return json.get("panels").valueStream().toList();
    }

    private List<Query> panelQueries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(panel.get("title").asString(), target.get("datasource"), target));
            }
        }
        return queries;
    }

    @Override
    public String toString() {
        return file;
    }
}
