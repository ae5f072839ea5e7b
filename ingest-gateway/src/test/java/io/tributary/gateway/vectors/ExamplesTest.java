package io.tributary.gateway.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tributary.gateway.translate.CollectingSink;
import io.tributary.gateway.translate.LogTranslator;
import io.tributary.gateway.translate.MetricRules;
import io.tributary.gateway.translate.MetricTranslator;
import io.tributary.gateway.translate.SpanTranslator;
import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.identity.SeriesId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OTLP's own examples. */
class ExamplesTest {
    private static final long TIME = 1_544_712_660_300_000_000L;

    private static LogRecord log(String file) throws Exception {
        var request = OtlpData.decode(OtlpData.read(file), ExportLogsServiceRequest.getDefaultInstance());
        var sink = OtlpData.translate(new LogTranslator(), request);
        assertThat(sink.refused()).isEmpty();
        assertThat(sink.accepted()).hasSize(1);
        return sink.accepted().getFirst();
    }

    @Test
    void aLogRecordKeepsEveryKindOfAttribute() throws Exception {
        LogRecord log = log("logs.json");

        assertThat(log.getTenant()).isEqualTo("default");
        assertThat(log.getTimeUnixNano()).isEqualTo(TIME);
        assertThat(log.getObservedTimeUnixNano()).isEqualTo(TIME);
        assertThat(log.getSeverityNumber()).isEqualTo(10);
        assertThat(log.getSeverityText()).isEqualTo("Information");
        assertThat(log.getBody()).isEqualTo("Example log record");
        assertThat(hex(log.getTraceId().bytes())).isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(hex(log.getSpanId().bytes())).isEqualTo("eee19b7ec3c1b174");
        assertThat(log.getAttributes())
                .isEqualTo(Map.of(
                        "string.attribute",
                        "some string",
                        "boolean.attribute",
                        true,
                        "int.attribute",
                        10L,
                        "double.attribute",
                        637.704,
                        "array.attribute",
                        new ArrayValue(List.of("many", "values")),
                        "map.attribute",
                        new MapValue(Map.of("some.map.key", "some value"))));
        assertThat(log.getResource().getAttributes()).isEqualTo(Map.of("service.name", "my.service"));
        assertThat(log.getScope().getName()).isEqualTo("my.library");
        assertThat(log.getScope().getAttributes()).isEqualTo(Map.of("my.scope.attribute", "some scope attribute"));
    }

    @Test
    void anEventKeepsItsNameAndStructuredBody() throws Exception {
        LogRecord event = log("events.json");

        assertThat(event.getEventName()).isEqualTo("browser.page_view");
        assertThat(event.getBody())
                .isEqualTo(new MapValue(Map.of(
                        "type",
                        0L,
                        "url",
                        "https://www.guidgenerator.com/online-guid-generator.aspx",
                        "referrer",
                        "https://wwww.google.com",
                        "title",
                        "Free Online GUID Generator")));
    }

    @Test
    void aSpanKeepsItsIdsAndTimes() throws Exception {
        var request = OtlpData.decode(OtlpData.read("trace.json"), ExportTraceServiceRequest.getDefaultInstance());
        var sink = OtlpData.translate(new SpanTranslator(), request);

        assertThat(sink.refused()).isEmpty();
        Span span = sink.accepted().getFirst();
        assertThat(sink.keys()).containsExactly(span.getTraceId());
        assertThat(hex(span.getTraceId().bytes())).isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(hex(span.getSpanId().bytes())).isEqualTo("eee19b7ec3c1b174");
        assertThat(hex(span.getParentSpanId().bytes())).isEqualTo("eee19b7ec3c1b173");
        assertThat(span.getName()).isEqualTo("I'm a server span");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(1_000_000_000L);
        assertThat(span.getAttributes()).isEqualTo(Map.of("my.span.attr", "some value"));
    }

    @Test
    void metricsOfEveryKindHavePrometheusNamesAndLabels() throws Exception {
        var request = OtlpData.decode(OtlpData.read("metrics.json"), ExportMetricsServiceRequest.getDefaultInstance());
        CollectingSink<SeriesId, MetricPoint> sink =
                OtlpData.translate(new MetricTranslator(new MetricRules(true, true)), request);

        assertThat(sink.refused()).isEmpty();
        assertThat(sink.derived())
                .as("no attribute but the name: nothing to tell")
                .isEmpty();
        assertThat(sink.accepted())
                .extracting(MetricPoint::getName)
                .containsExactly("my_counter_total", "my_gauge_ratio", "my_histogram", "my_exponential_histogram");
        MetricPoint counter = sink.accepted().getFirst();
        assertThat(counter.getSourceName()).isEqualTo("my.counter");
        assertThat(counter.getKind()).isEqualTo(MetricKind.SUM);
        assertThat(counter.getMonotonic()).isTrue();
        assertThat(counter.getTemporality()).isEqualTo(Temporality.DELTA);
        assertThat(counter.getValue()).isEqualTo(5.0);
        assertThat(counter.getLabels())
                .isEqualTo(Map.of(
                        "job",
                        "my.service",
                        "my_counter_attr",
                        "some value",
                        "otel_scope_name",
                        "my.library",
                        "otel_scope_version",
                        "1.0.0",
                        "otel_scope_my_scope_attribute",
                        "some scope attribute"));
        assertThat(sink.keys().getFirst()).isEqualTo(SeriesId.of("default", counter.getName(), counter.getLabels()));
        assertThat(sink.accepted().get(2).getValue())
                .isEqualTo(new HistogramValue(2L, 2.0, 0.0, 2.0, List.of(1.0), List.of(1L, 1L)));
        ExponentialHistogramValue exponential =
                (ExponentialHistogramValue) sink.accepted().get(3).getValue();
        assertThat(exponential.getZeroCount()).isEqualTo(1);
        assertThat(exponential.getPositive().getOffset()).isEqualTo(1);
        assertThat(exponential.getPositive().getBucketCounts()).containsExactly(0L, 2L);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
