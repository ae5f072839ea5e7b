package io.tributary.local.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tributary.local.demo.Captured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShopTest {
    private static final int VISITS = 120;
    private static final Captured CAPTURED = new Captured();

    @BeforeAll
    static void letCustomersIn() throws Exception {
        try (Shop shop = new Shop(CAPTURED::exporters, Duration.ofHours(1), 7)) {
            for (int i = 0; i < VISITS; i++) {
                shop.visit();
            }
        }
    }

    @Test
    void everyServiceHasAnSdkOfItsOwn() {
        assertThat(CAPTURED.spans.stream().map(span -> service(span.getResource())))
                .hasSameElementsAs(Shop.SERVICES);
    }

    @Test
    void everyVisitIsOneTraceFromTheStorefrontOn() {
        Map<String, List<SpanData>> traces =
                CAPTURED.spans.stream().collect(Collectors.groupingBy(SpanData::getTraceId));

        assertThat(traces).hasSize(VISITS);
        assertThat(traces.values()).allSatisfy(spans -> {
            Set<String> ids = spans.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
            assertThat(spans.stream().filter(span -> !ids.contains(span.getParentSpanId())))
                    .singleElement()
                    .satisfies(root -> assertThat(service(root.getResource())).isEqualTo("storefront"));
        });
        assertThat(traces.values().stream().map(ShopTest::services))
                .contains(Set.of("storefront", "catalog"), Set.copyOf(Shop.SERVICES));
    }

    @Test
    void aServersParentIsTheClientThatCalledIt() {
        Map<String, SpanData> spans =
                CAPTURED.spans.stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));

        assertThat(CAPTURED.spans.stream()
                        .filter(span -> span.getKind() == SpanKind.SERVER && spans.containsKey(span.getParentSpanId()))
                        .map(span -> spans.get(span.getParentSpanId())))
                .hasSizeGreaterThan(VISITS)
                .allSatisfy(parent -> assertThat(parent.getKind()).isEqualTo(SpanKind.CLIENT));
    }

    @Test
    void logsCarryTheIdsOfTheSpanTheyWereWrittenIn() {
        Map<String, SpanData> spans =
                CAPTURED.spans.stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));

        assertThat(CAPTURED.logs).hasSizeGreaterThan(VISITS).allSatisfy(log -> {
            SpanData span = spans.get(log.getSpanContext().getSpanId());
            assertThat(span.getTraceId()).isEqualTo(log.getSpanContext().getTraceId());
            assertThat(service(span.getResource())).isEqualTo(service(log.getResource()));
        });
        assertThat(CAPTURED.logs.stream().map(LogRecordData::getSeverity).distinct())
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void paymentSometimesFailsAndItsCallersSayThatTheyDid() {
        List<SpanData> failed = CAPTURED.spans.stream()
                .filter(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
                .toList();

        assertThat(failed.stream().map(span -> service(span.getResource())))
                .containsOnly("payment", "checkout", "storefront");
        assertThat(failed).hasSizeLessThan(CAPTURED.spans.size() / 4);
    }

    @Test
    void theCatalogIsSometimesSlow() {
        List<Long> durations = CAPTURED.spans.stream()
                .filter(span -> span.getKind() == SpanKind.SERVER
                        && service(span.getResource()).equals("catalog"))
                .map(span -> Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos())
                        .toMillis())
                .toList();

        assertThat(durations).anyMatch(millis -> millis >= 350).anyMatch(millis -> millis < 350);
    }

    @Test
    void thereAreMetricsOfEveryKind() {
        assertThat(CAPTURED.metrics)
                .extracting(metric -> metric.getName() + " " + metric.getType())
                .contains(
                        "http.server.request.duration " + MetricDataType.HISTOGRAM,
                        "http.server.active_requests " + MetricDataType.LONG_SUM,
                        "shop.orders " + MetricDataType.LONG_SUM,
                        "shop.cart.items " + MetricDataType.LONG_SUM,
                        "shop.product.price " + MetricDataType.DOUBLE_GAUGE);
        assertThat(CAPTURED.metrics.stream()
                        .filter(metric -> metric.getName().equals("shop.cart.items"))
                        .map(metric -> metric.getLongSumData().isMonotonic()))
                .containsOnly(false);
        assertThat(CAPTURED.metrics.stream()
                        .filter(metric -> metric.getName().equals("shop.orders"))
                        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                        .map(point -> point.getAttributes().get(AttributeKey.stringKey("shop.order.outcome"))))
                .containsExactlyInAnyOrder("placed", "refused");
    }

    private static Set<String> services(List<SpanData> spans) {
        return spans.stream().map(span -> service(span.getResource())).collect(Collectors.toSet());
    }

    private static String service(Resource resource) {
        return resource.getAttribute(AttributeKey.stringKey("service.name"));
    }
}
