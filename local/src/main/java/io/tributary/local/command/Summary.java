package io.tributary.local.command;

import io.tributary.local.Endpoints;
import io.tributary.local.console.Table;
import io.tributary.local.part.Port;
import java.util.ArrayList;
import java.util.List;

/** Where to send and where to look. */
final class Summary {

    private Summary() {}

    static List<String> lines(Endpoints at) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("Send");
        lines.addAll(new Table()
                .row("  OTLP/gRPC", at.otlpGrpc())
                .row("  OTLP/HTTP", at.otlpHttp(), "/v1/logs  /v1/metrics  /v1/traces")
                .row("  Kafka", at.kafka(), "Avro, schemas from " + at.registry())
                .lines());
        lines.add("Look");
        lines.addAll(new Table()
                .row("  logs, traces", at.elasticsearch() + "/logs-*/_search", "Elasticsearch")
                .row("  metrics", at.questDb(), "QuestDB")
                .row("  alerts", at.alertRouter() + "/api/v2/alerts", "Alertmanager's API")
                .row("  sinks", at.connect() + "/connectors?expand=status", "Kafka Connect")
                .row("  health", "http://127.0.0.1:" + at.port(Port.INGEST_GATEWAY_MANAGEMENT) + "/actuator/health")
                .lines());
        lines.add("Next");
        lines.addAll(new Table()
                .row("  ./tributary demo", "sends telemetry of a small shop and of this machine")
                .row("  ./tributary ledger", "proves that nothing is lost")
                .row("  ./tributary down", "stops everything, keeps the data")
                .lines());
        return lines;
    }
}
