package io.tributary.it.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tributary.it.grafana.Dashboard.Query;
import io.tributary.it.system.Yaml;
import io.tributary.promql.Features;
import io.tributary.promql.parser.Parser;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What can be told of Grafana's files without Grafana. */
class DashboardsTest {
    private static final int WIDTH = 24;

    /** Of Grafana's provisioning: the keys of a data source and, by type, of its {@code jsonData}. */
    private static final Set<String> SOURCE_KEYS =
            Set.of("name", "uid", "type", "access", "url", "isDefault", "editable", "jsonData");

    private static final Map<String, Set<String>> JSON_DATA_KEYS = Map.of(
            "prometheus", Set.of("httpMethod", "prometheusType", "timeInterval"),
            "elasticsearch", Set.of("index", "timeField", "logMessageField", "logLevelField", "dataLinks"),
            "jaeger", Set.of("tracesToLogsV2", "nodeGraph"),
            "alertmanager", Set.of("implementation", "handleGrafanaManagedAlerts"));

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    static List<Query> promql() {
        return Dashboard.queries().stream().filter(Query::isPromql).toList();
    }

    private static List<JsonNode> sources() {
        return Yaml.read("docker/grafana/provisioning/datasources/tributary.yml")
                .get("datasources")
                .valueStream()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("promql")
    void everyQueryOfMetricsIsPromql(Query query) {
        assertThatNoException().as(query.panel()).isThrownBy(() -> Parser.parse(query.promql(), Features.STABLE));
        assertThat(query.metrics()).as(query.panel()).isNotEmpty().doesNotContain("");
        assertThat(query.promql()).as("a variable that is not filled in").doesNotContain("$");
    }

    @Test
    void everyPanelAsksADataSourceThatIsProvisioned() {
        Map<String, String> types = new HashMap<>();
        sources()
                .forEach(source -> types.put(
                        source.get("uid").asString(), source.get("type").asString()));
        assertThat(Dashboard.queries())
                .hasSizeGreaterThan(20)
                .allSatisfy(query -> assertThat(types)
                        .as(query.panel())
                        .containsEntry(
                                query.source().get("uid").asString(),
                                query.source().get("type").asString()));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsHaveTheirOwnPlaces(Dashboard board) {
        Map<String, String> taken = new HashMap<>();
        assertThat(board.panels()).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        for (JsonNode panel : board.panels()) {
            JsonNode place = panel.get("gridPos");
            int right = place.get("x").asInt() + place.get("w").asInt();
            assertThat(right).as("%s", panel.get("title")).isLessThanOrEqualTo(WIDTH);
            for (int x = place.get("x").asInt(); x < right; x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    String title = panel.get("title").asString();
                    assertThat(taken.put(x + "," + (place.get("y").asInt() + y), title))
                            .as("lies under %s", title)
                            .isNull();
                }
            }
        }
    }

    @Test
    void dashboardsCanBeToldApart() {
        assertThat(dashboards())
                .hasSizeGreaterThanOrEqualTo(3)
                .extracting(board -> board.json().get("uid").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void dataSourcesHaveNoKeyThatGrafanaWouldIgnore() {
        assertThat(sources())
                .extracting(source -> source.get("type").asString())
                .contains("prometheus", "elasticsearch", "jaeger", "alertmanager");
        assertThat(sources()).allSatisfy(source -> {
            assertThat(SOURCE_KEYS).containsAll(source.propertyNames());
            assertThat(JSON_DATA_KEYS.get(source.get("type").asString()))
                    .containsAll(source.get("jsonData").propertyNames());
        });
        Set<String> services =
                Set.copyOf(Yaml.read("docker-compose.yml").get("services").propertyNames());
        assertThat(sources())
                .extracting(source -> URI.create(source.get("url").asString()).getHost())
                .allSatisfy(host -> assertThat(services).contains(host));
    }
}
