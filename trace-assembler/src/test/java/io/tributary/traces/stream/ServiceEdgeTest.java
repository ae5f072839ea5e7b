package io.tributary.traces.stream;

import static io.tributary.schemas.sample.SampleData.nanos;
import static io.tributary.schemas.sample.SampleData.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.StatusCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceEdgeTest {
    private static final long MINUTE = 60_000_000_000L;

    private final TraceDriver driver = new TraceDriver();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void callsOfAllTracesAreSummedByMinute() {
        driver.send(
                0, span(1, 1, -1, "shop", 0, 1), span(1, 2, 1, "cart", 0.1, 0.5), span(1, 3, 2, "stock", 0.2, 0.04));
        driver.send(1, span(2, 1, -1, "shop", 1, 1), failed(span(2, 2, 1, "cart", 1.1, 0.2)));
        driver.send(70, span(3, 1, -1, "shop", 70, 1), span(3, 2, 1, "cart", 70, 0.25));
        driver.wallTime(10);
        List<ServiceEdge> edges = driver.edges();
        assertThat(edges)
                .extracting(
                        ServiceEdge::getCaller,
                        ServiceEdge::getCallee,
                        ServiceEdge::getWindowStartUnixNano,
                        ServiceEdge::getCalls,
                        ServiceEdge::getErrors,
                        ServiceEdge::getDurationSumNanos)
                .containsExactlyInAnyOrder(
                        tuple("shop", "cart", minute(0), 2L, 1L, 700_000_000L),
                        tuple("cart", "stock", minute(0), 1L, 0L, 40_000_000L),
                        tuple("shop", "cart", minute(70), 1L, 0L, 250_000_000L));
        assertThat(edges).allSatisfy(edge -> {
            assertThat(edge.getWindowNanos()).isEqualTo(MINUTE);
            assertThat(edge.getDurationBucketCounts())
                    .hasSize(edge.getDurationBoundsNanos().size() + 1);
            assertThat(edge.getDurationBucketCounts().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(edge.getCalls());
        });
    }

    @Test
    void aWindowIsToldOfAgainOnlyWhenItChanged() {
        driver.send(0, span(1, 1, -1, "shop", 0, 1), span(1, 2, 1, "cart", 0.1, 0.5));
        driver.wallTime(10);
        assertThat(driver.edges()).extracting(ServiceEdge::getCalls).containsExactly(1L);
        driver.wallTime(10);
        assertThat(driver.edges()).isEmpty();
        driver.send(20, span(2, 1, -1, "shop", 20, 1), span(2, 2, 1, "cart", 20.1, 0.5));
        driver.wallTime(10);
        assertThat(driver.edges()).extracting(ServiceEdge::getCalls).containsExactly(2L);
    }

    @Test
    void aParentThatCameLateIsCountedOnce() {
        Span server = span(1, 2, 1, "cart", 0.1, 0.5);
        driver.send(0, span(1, 3, 2, "stock", 0.2, 0.1), server);
        driver.wallTime(40);
        assertThat(driver.edges()).extracting(ServiceEdge::getCallee).containsExactly("stock");
        driver.send(60, span(1, 1, -1, "shop", 0, 1));
        driver.wallTime(10);
        assertThat(driver.edges())
                .extracting(ServiceEdge::getCaller, ServiceEdge::getCallee, ServiceEdge::getCalls)
                .containsExactly(tuple("shop", "cart", 1L));
    }

    @Test
    void aLateClientHalfThatFailedMakesTheCallAFailureAndNotASecondCall() {
        Span server = span(1, 2, 1, "cart", 0.1, 0.5);
        server.setKind(SpanKind.SERVER);
        driver.send(0, span(1, 1, -1, "shop", 0, 1), server);
        driver.wallTime(10);
        Span client = failed(span(1, 2, 1, "shop", 0.1, 0.6));
        client.setKind(SpanKind.CLIENT);
        driver.send(20, client);
        driver.wallTime(10);
        assertThat(driver.edges())
                .extracting(
                        ServiceEdge::getCaller, ServiceEdge::getCallee, ServiceEdge::getCalls, ServiceEdge::getErrors)
                .containsExactly(tuple("shop", "cart", 1L, 1L));
    }

    @Test
    void tenantsDoNotMixTheirEdges() {
        for (String tenant : List.of("one", "two")) {
            Span root = span(1, 1, -1, "shop", 0, 1);
            Span child = span(1, 2, 1, "cart", 0.1, 0.5);
            root.setTenant(tenant);
            child.setTenant(tenant);
            driver.send(0, root, child);
        }
        driver.wallTime(10);
        assertThat(driver.edges())
                .extracting(ServiceEdge::getTenant, ServiceEdge::getCalls)
                .containsExactlyInAnyOrder(tuple("one", 1L), tuple("two", 1L));
    }

    @Test
    void callsFarFromTheirArrivalAreCountedAsRefused() {
        driver.send(0, span(1, 1, -1, "shop", -7200, 1), span(1, 2, 1, "cart", -7199, 0.5));
        driver.send(0, span(2, 1, -1, "shop", 86_400, 1), span(2, 2, 1, "cart", 86_400, 0.5));
        driver.wallTime(10);
        assertThat(driver.traces()).hasSize(2);
        assertThat(driver.edges()).isEmpty();
        assertThat(driver.meter("tributary.traces.calls.refused")).isEqualTo(2);
    }

    @Test
    void windowsAreGivenUpInTheEnd() {
        driver.send(0, span(1, 1, -1, "shop", 0, 1), span(1, 2, 1, "cart", 0.1, 0.5));
        driver.wallTime(10);
        assertThat(driver.sums()).isEqualTo(1);
        double later = 27 * 3600;
        driver.send(later, span(2, 1, -1, "shop", later, 1), span(2, 2, 1, "cart", later, 0.5));
        driver.wallTime(10);
        assertThat(driver.edges()).hasSize(2);
        assertThat(driver.sums()).isEqualTo(1);
    }

    @Test
    void whatIsNoChangeOfAnEdgeIsADeadLetter() {
        var changes = driver.driver()
                .createInputTopic(driver.edgeChanges().name(), new ByteArraySerializer(), new ByteArraySerializer());
        var deadLetters = driver.driver()
                .createOutputTopic(
                        driver.edgeChanges().deadLetterName(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        changes.pipeInput(null, (byte[]) null);
        changes.pipeInput(new byte[] {1}, "no avro".getBytes(StandardCharsets.UTF_8));
        driver.send(0, span(1, 1, -1, "shop", 0, 1), span(1, 2, 1, "cart", 0.1, 0.5));
        driver.wallTime(10);
        assertThat(deadLetters.readRecordsToList()).hasSize(2);
        assertThat(driver.edges()).hasSize(1);
    }

    private static long minute(double second) {
        return nanos(second) / MINUTE * MINUTE;
    }

    private static Span failed(Span span) {
        span.setStatusCode(StatusCode.ERROR);
        return span;
    }
}
