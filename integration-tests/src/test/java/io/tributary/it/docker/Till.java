package io.tributary.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.SpanKind;
import io.tributary.it.client.Service;
import io.tributary.it.system.Endpoints;
import io.tributary.it.system.Prometheus;
import io.tributary.it.system.Search;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A till with OpenTelemetry's SDK: each sale is a log record with a number, a span, and one more in a sum. */
final class Till implements AutoCloseable {
    private static final String LOGS = "logs-generic-*";
    private static final String LOG_SERVICE = "resource.attributes.service.name";
    private static final String SPANS = "jaeger-span-*";
    private static final String SPAN_SERVICE = "process.serviceName";
    private static final String NAME = "till";

    private final Search search;
    private final Prometheus metrics;
    private final Service service;
    private final LongCounter sales;
    private int sold;

    Till(Endpoints endpoints) {
        search = new Search(endpoints);
        metrics = new Prometheus(endpoints, "VICTORIA_METRICS");
        service = new Service(endpoints, NAME);
        sales = service.sdk().getMeter("scenario").counterBuilder("sales").build();
    }

    /** One sale, sent at once. */
    void sell() {
        service.sdk()
                .getLogsBridge()
                .get("scenario")
                .logRecordBuilder()
                .setTimestamp(Instant.now())
                .setSeverity(Severity.INFO)
                .setBody("sale " + sold)
                .setAttribute(AttributeKey.longKey("number"), (long) sold)
                .emit();
        service.sdk()
                .getTracer("scenario")
                .spanBuilder("POST /sale")
                .setSpanKind(SpanKind.SERVER)
                .startSpan()
                .end();
        sales.add(1, Attributes.of(AttributeKey.stringKey("shop"), "corner"));
        sold++;
        service.flush();
        service.flushMetrics();
    }

    /** How many of its log records can be searched. */
    long logs() {
        return search.refreshed().count(LOGS, LOG_SERVICE, NAME);
    }

    /** Every sale is there, in all three signals. */
    void assertArrived() {
        assertThat(logs()).isEqualTo(sold);
        assertThat(search.count(SPANS, SPAN_SERVICE, NAME)).isEqualTo(sold);
        assertThat(metrics.value("max_over_time(sales_total{shop=\"corner\"}[15m])"))
                .isEqualTo(sold);
    }

    /** The numbers of the log records are those of the sales. */
    void assertEachOnce() {
        assertThat(search.find(LOGS, LOG_SERVICE, NAME).stream()
                        .map(log -> log.at("/attributes/number").asInt())
                        .collect(Collectors.toSet()))
                .isEqualTo(IntStream.range(0, sold).boxed().collect(Collectors.toSet()));
    }

    @Override
    public void close() {
        service.close();
    }
}
