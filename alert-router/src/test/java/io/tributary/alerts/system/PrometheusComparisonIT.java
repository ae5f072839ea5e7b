package io.tributary.alerts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.contract.RecordReader;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.Loopback;
import io.tributary.servers.Ports;
import io.tributary.servers.Probe;
import io.tributary.servers.Server;
import io.tributary.servers.ServerProcess;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same samples and the same rule files in Prometheus (Debian's 2.42) and here: what is recorded, and which alerts
 * are pending and fire, is the same at every instant.
 */
class PrometheusComparisonIT {
    private static final int EVALUATIONS = 32;
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final double TOLERANCE = 1e-9;
    private static final String WRITTEN = "{__name__=~\".+:.+|ALERTS|ALERTS_FOR_STATE\"}[10m]";

    @TempDir
    private Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI url;

    @Test
    void recordedValuesAndAlertStatesAreThoseOfPrometheus() throws Exception {
        assumeThat(PROMETHEUS)
                .as("prometheus of Debian's package is not installed")
                .exists();
        Path rules = Files.writeString(home.resolve("rules.yml"), RULES);
        try (TestKafka kafka = TestKafka.start();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            TestRegistry registry = TestRegistry.shared();
            Topics topics = Topics.of("cmp.", 2, new SchemaRegistry(registry.url()));
            try (ScrapedShop shop = new ScrapedShop(producer, topics);
                    RunningRouter router = new RunningRouter(
                            home,
                            kafka.bootstrapServers(),
                            registry.url(),
                            Map.of(
                                    "TRIBUTARY_KAFKA_TOPICPREFIX",
                                    "cmp.",
                                    "TRIBUTARY_ALERTS_RULEFILES",
                                    rules.toString(),
                                    "TRIBUTARY_ALERTS_NODATA",
                                    "resolve",
                                    "TRIBUTARY_ALERTS_EVALUATIONDELAY",
                                    "3s"))) {
                router.start();
                ServerProcess prometheus = prometheus(shop, rules);
                try {
                    compare(kafka, topics, shop, prometheus);
                } finally {
                    prometheus.stop(Duration.ofSeconds(5));
                }
            }
        }
    }

    private void compare(TestKafka kafka, Topics topics, ScrapedShop shop, ServerProcess prometheus) throws Exception {
        prometheus.awaitUp(Duration.ofSeconds(60));
        // An instant at which neither has a sample is one at which both have begun.
        await().atMost(Duration.ofSeconds(90)).until(() -> !ours(kafka, topics).isEmpty() && !theirs().isEmpty());
        shop.open();
        await().atMost(INTERVAL.multipliedBy(5L * EVALUATIONS)).until(() -> shop.scrapes() > EVALUATIONS + 3);
        NavigableMap<Long, Map<String, Double>> theirs = theirs();
        long begin = Math.max(theirs.firstKey(), ours(kafka, topics).firstKey());
        long end = theirs.lastKey();
        await().atMost(Duration.ofSeconds(60)).until(() -> ours(kafka, topics).lastKey() > end);
        NavigableMap<Long, Map<String, Double>> ours = ours(kafka, topics);
        NavigableMap<Long, Map<String, Double>> expected = theirs.subMap(begin, true, end, false);
        assertThat(expected).hasSizeGreaterThanOrEqualTo(EVALUATIONS);
        expected.forEach((time, series) -> {
            Map<String, Double> found = ours.getOrDefault(time, Map.of());
            assertThat(found.keySet()).as("series at %s", time).isEqualTo(series.keySet());
            series.forEach((name, value) -> assertThat(isSame(found.get(name), value))
                    .as("%s at %s: %s (expected: %s)", name, time, found.get(name), value)
                    .isTrue());
        });
        assertThat(expected.values().stream().flatMap(series -> series.keySet().stream()))
                .as("some alerts fire, some are pending")
                .anyMatch(name -> name.contains("alertstate=\"firing\""))
                .anyMatch(name -> name.contains("alertstate=\"pending\""));
    }

    private static boolean isSame(double one, double other) {
        return Double.compare(one, other) == 0
                || Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
    }

    private ServerProcess prometheus(ScrapedShop shop, Path rules) throws Exception {
        int port = Ports.free();
        Path configuration = Files.writeString(home.resolve("prometheus.yml"), """
                global: {scrape_interval: 2s, evaluation_interval: 2s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: shop
                    honor_labels: true
                    static_configs: [{targets: ["%s"]}]
                """.formatted(rules, shop.address()));
        url = Loopback.http(port, "");
        return ServerProcess.start(Server.of(
                "prometheus",
                List.of(
                        PROMETHEUS.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + home.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port),
                home,
                home.resolve("prometheus.log"),
                Probe.http(port, "/-/ready")));
    }

    /** What Prometheus wrote, by time and series. */
    private NavigableMap<Long, Map<String, Double>> theirs() throws Exception {
        String query = url + "/api/v1/query?query=" + URLEncoder.encode(WRITTEN, StandardCharsets.UTF_8);
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(query)).build(), HttpResponse.BodyHandlers.ofString());
        NavigableMap<Long, Map<String, Double>> samples = new TreeMap<>();
        for (JsonNode series : JsonMapper.shared().readTree(answer.body()).at("/data/result")) {
            Map<String, String> labels = new TreeMap<>();
            series.get("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString()));
            for (JsonNode sample : series.get("values")) {
                samples.computeIfAbsent(Math.round(sample.get(0).asDouble() * 1000), unseen -> new TreeMap<>())
                        .put(text(labels), number(sample.get(1).asString()));
            }
        }
        return samples;
    }

    /** What was recorded here, by time and series; ends of series aside. */
    private static NavigableMap<Long, Map<String, Double>> ours(TestKafka kafka, Topics topics) {
        NavigableMap<Long, Map<String, Double>> samples = new TreeMap<>();
        RecordReader.readAll(kafka.bootstrapServers(), topics.metrics().name()).forEach(record -> {
            MetricPoint point = topics.metrics().decodeValue(record.value());
            String name = point.getName();
            if ((name.contains(":") || name.startsWith("ALERTS")) && point.getValue() instanceof Double value) {
                Map<String, String> labels = new TreeMap<>(point.getLabels());
                labels.put("__name__", name);
                samples.computeIfAbsent(
                                TimeUnit.NANOSECONDS.toMillis(point.getTimeUnixNano()), unseen -> new TreeMap<>())
                        .put(text(labels), value);
            }
        });
        return samples;
    }

    private static String text(Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach(
                (name, value) -> text.append(name).append("=\"").append(value).append("\" "));
        return text.toString();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static final String RULES = """
            groups:
              - name: shop
                interval: 2s
                rules:
                  - record: always:one
                    expr: vector(1)
                  - record: job:load:sum
                    expr: sum by (job) (load)
                  - record: job_zone:requests:rate20s
                    expr: sum by (job, zone) (rate(requests_total[20s]))
                  - record: job:errors:ratio
                    expr: sum by (job) (rate(requests_total{code="500"}[20s])) / sum by (job) (rate(requests_total[20s]))
                  - record: instance:load:max30s
                    expr: max_over_time(load[30s])
                    labels: {kind: max}
                  - record: job:latency:p90
                    expr: histogram_quantile(0.9, sum by (job, le) (rate(latency_bucket[20s])))
                  - record: top:load
                    expr: topk(2, load + on (instance) group_left () (instance:load:max30s / 1000))
                  - record: load:derived
                    expr: deriv(load[20s]) + load offset 5s
                  - record: job:load:avg_sub
                    expr: avg_over_time(job:load:sum[20s:4s])
                  - alert: HighLoad
                    expr: load > 10
                    for: 5s
                    labels: {severity: '{{ if gt $value 15.0 }}page{{ else }}ticket{{ end }}'}
                    annotations: {summary: '{{ $labels.instance }} at {{ $value }}'}
                  - alert: HighLoadKept
                    expr: load > 15
                    keep_firing_for: 6s
                  - alert: ErrorRatio
                    expr: job:errors:ratio > 0.01
                    for: 4s
                  - alert: NoLateStarter
                    expr: absent(late_starter) and on () count(load) > 0
                    for: 10s
                  - alert: MoreThanTheOther
                    expr: job:load:sum{job="job0"} > ignoring (job) job:load:sum{job="job1"}
              - name: split by instance
                interval: 2s
                rules:
                  - record: instance:load:doubled
                    expr: 2 * load{zone!="z0"}
                  - alert: Doubled
                    expr: instance:load:doubled > 30
                    for: 2s
            """;
}
