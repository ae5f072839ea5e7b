package io.tributary.it.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.tributary.it.client.Service;
import io.tributary.it.grafana.Dashboard.Query;
import io.tributary.it.system.Http;
import io.tributary.it.system.Search;
import io.tributary.it.system.Sql;
import io.tributary.it.system.Tributary;
import io.tributary.it.system.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What the dashboards name is there in a system that has seen all three signals. */
@ExtendWith(Tributary.Started.class)
class DashboardsIT {
    private static final List<String> MANAGEMENT = List.of(
            "INGEST_GATEWAY_MANAGEMENT",
            "LOG_INDEXER_MANAGEMENT",
            "METRICS_AGGREGATOR_MANAGEMENT",
            "TRACE_ASSEMBLER_MANAGEMENT",
            "ALERT_ROUTER_MANAGEMENT");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void everyMetricAndEveryFieldThatADashboardNamesIsThere(Tributary tributary) {
        send(tributary);
        Set<String> named = Dashboard.queries().stream()
                .filter(Query::isPromql)
                .flatMap(query -> query.metrics().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        // Who scrapes makes it.
        named.remove("up");

        assertThat(named).hasSizeGreaterThan(15);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(known(tributary)).containsAll(named));
        for (JsonNode source : Yaml.read("docker/grafana/provisioning/datasources/tributary.yml")
                .get("datasources")) {
            if (source.get("type").asString().equals("elasticsearch")) {
                await().atMost(PATIENCE).untilAsserted(() -> assertFields(tributary, source));
            }
        }
    }

    /** What the services expose, and what clients have sent. */
    private static Set<String> known(Tributary tributary) {
        Set<String> names = new TreeSet<>(new Sql(tributary).tables());
        for (String port : MANAGEMENT) {
            EXPOSED.matcher(Http.text(tributary.at(port, "/actuator/prometheus")))
                    .results()
                    .forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    private static void assertFields(Tributary tributary, JsonNode source) {
        String index = source.at("/jsonData/index").asString();
        Set<String> fields = Dashboard.queries().stream()
                .filter(query -> query.source().get("uid").equals(source.get("uid")))
                .flatMap(query -> query.fields().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String setting : List.of("timeField", "logMessageField", "logLevelField")) {
            source.path("jsonData").optional(setting).ifPresent(field -> fields.add(field.asString()));
        }
        source.at("/jsonData/dataLinks")
                .forEach(link -> fields.add(link.get("field").asString()));
        assertThat(new Search(tributary).refreshed().all(index)).as(index).isNotEmpty();
        JsonNode there = Http.get(
                tributary.at("ELASTICSEARCH", "/" + index + "/_field_caps?fields=" + String.join(",", fields)));
        assertThat(there.get("fields").propertyNames()).as(index).containsAll(fields);
    }

    private static void send(Tributary tributary) {
        String front = "front-" + UUID.randomUUID();
        String back = "back-" + UUID.randomUUID();
        try (Service caller = new Service(tributary, front);
                Service callee = new Service(tributary, back)) {
            Span client = caller.sdk()
                    .getTracer("scenario")
                    .spanBuilder("GET")
                    .setSpanKind(SpanKind.CLIENT)
                    .startSpan();
            callee.sdk()
                    .getTracer("scenario")
                    .spanBuilder("GET /stock")
                    .setSpanKind(SpanKind.SERVER)
                    .setParent(Context.root().with(client))
                    .startSpan()
                    .end();
            caller.sdk()
                    .getLogsBridge()
                    .get("scenario")
                    .logRecordBuilder()
                    .setSeverity(Severity.INFO)
                    .setSeverityText("INFO")
                    .setBody("asked for the stock")
                    .setContext(Context.root().with(client))
                    .emit();
            client.end();
            DoubleHistogram durations = callee.sdk()
                    .getMeter("scenario")
                    .histogramBuilder("http.server.request.duration")
                    .setUnit("s")
                    .build();
            durations.record(0.02, Attributes.of(AttributeKey.longKey("http.response.status_code"), 200L));
            caller.flush();
            callee.flush();
            callee.flushMetrics();
        }
    }
}
