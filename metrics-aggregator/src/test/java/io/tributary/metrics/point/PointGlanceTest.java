package io.tributary.metrics.point;

import static io.tributary.metrics.MetricPoints.counter;
import static io.tributary.metrics.MetricPoints.exponential;
import static io.tributary.metrics.MetricPoints.gauge;
import static io.tributary.metrics.MetricPoints.histogram;
import static io.tributary.metrics.MetricPoints.point;
import static io.tributary.metrics.MetricPoints.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.MetricPoints;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.Payloads;
import io.tributary.schemas.sample.RandomAvro;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A glance at any bytes sees what decoding all of them shows, and rejects what that rejects. */
class PointGlanceTest {
    private static final int SEED = 20_260_103;
    private static final int POINTS = 5_000;
    private static final int DAMAGED = 1_000;

    private final Topic<SeriesId, MetricPoint> points =
            Topics.of("t.", new SchemaRegistry("mock://point-glance")).metrics();
    private final PointGlance glance = new PointGlance(points);
    private final Random random = new Random(SEED);
    private final RandomAvro avro = new RandomAvro(random);
    private final Payloads payloads = new Payloads(points.encodeValue(gauge("g", 1, 1)), random);

    @Test
    void whatIsSeenIsWhatThePointSays() throws IOException {
        int glanced = 0;
        for (int i = 0; i < POINTS; i++) {
            byte[] payload = payload();
            assertThat(seen(payload)).as("point %d", i).contains(seen(points.decodeValue(payload)));
            glanced += isGlanced(payload) ? 1 : 0;
        }
        assertThat(glanced).isBetween(POINTS / 4, POINTS - POINTS / 10);
    }

    @Test
    void whatCannotBeDecodedIsRejected() throws IOException {
        int rejected = 0;
        for (int i = 0; i < DAMAGED; i++) {
            byte[] damaged = payloads.damaged(payload());
            Optional<Object> decoded = decoded(damaged);
            assertThat(seen(damaged)).as("damaged point %d", i).isEqualTo(decoded);
            rejected += decoded.isEmpty() ? 1 : 0;
        }
        assertThat(rejected).isBetween(DAMAGED / 4, DAMAGED - DAMAGED / 20);
    }

    static List<MetricPoint> kinds() {
        return List.of(
                gauge("g", 1, 5),
                point("g", 1, null),
                counter("c", 0, 1, 5),
                histogram("h", 0, 1, List.of(1.0, 2.0), List.of(1L, 2L, 3L)),
                exponential("e", 0, 1, 3, -2, List.of(1L, 0L, 7L)),
                summary("s", 0, 1, 3, 9.5, 7));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingIsDecodedAtWhichNobodyLooks(MetricPoint point) {
        point.setLabels(ordered("host", "a", "none", "", "zone", "1"));
        byte[] payload = points.encodeValue(point);
        assertThat(seen(payload)).contains(seen(point));
        MetricPoint seen = glance.read(payload);
        assertThat(seen.getLabels()).isInstanceOf(SentLabels.class);
        assertThat(seen.getResource()).isNull();
        assertThat(seen.getScope()).isNull();
        assertThat(seen.getExemplars()).isNull();
        PointCheck.check(MetricPoints.id(point), seen);
    }

    /** Another client than the gateway may write so; the key is that of the labels in the order of their names. */
    @Test
    void labelsInAnyOrderAndScriptMakeTheSeriesThatTheyMakeWhenDecoded() {
        for (Map<String, String> labels : List.of(
                ordered("b", "1", "a", "2"),
                ordered("a", "1", "b", "2"),
                ordered("größe", "1"),
                ordered("city", "Zürich"),
                ordered("a\uFFFD", "1", "a\uD83C\uDF0D", "2"),
                ordered("a\uD83C\uDF0D", "1", "a\uFFFD", "2"))) {
            MetricPoint point = gauge("g", 1, 5);
            point.setLabels(labels);
            byte[] payload = points.encodeValue(point);
            assertThat(seen(payload)).as("%s", labels).contains(seen(point));
        }
    }

    @Test
    void nullStaysNull() {
        assertThat(glance.read(null)).isNull();
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return labels;
    }

    private boolean isGlanced(byte[] payload) {
        return glance.read(payload).getLabels() instanceof SentLabels;
    }

    private byte[] payload() throws IOException {
        return payloads.of(avro.next(MetricPoint.getClassSchema()));
    }

    private Optional<Object> seen(byte[] payload) {
        try {
            return Optional.of(seen(glance.read(payload)));
        } catch (RejectedException e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_AVRO);
            return Optional.empty();
        }
    }

    private Optional<Object> decoded(byte[] payload) {
        try {
            return Optional.of(seen(points.decodeValue(payload)));
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private static List<Object> seen(MetricPoint point) {
        SeriesId series = point.getLabels() instanceof SentLabels sent ? sent.series() : MetricPoints.id(point);
        return Arrays.asList(
                series,
                point.getTenant(),
                point.getName(),
                Map.copyOf(point.getLabels()),
                point.getUnit(),
                point.getKind(),
                point.getTemporality(),
                point.getMonotonic(),
                point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                point.getValue());
    }
}
