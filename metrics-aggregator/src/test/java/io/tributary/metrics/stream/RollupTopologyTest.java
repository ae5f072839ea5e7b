package io.tributary.metrics.stream;

import static io.tributary.metrics.MetricPoints.BASE;
import static io.tributary.metrics.MetricPoints.at;
import static io.tributary.metrics.MetricPoints.counter;
import static io.tributary.metrics.MetricPoints.gauge;
import static io.tributary.metrics.MetricPoints.histogram;
import static io.tributary.metrics.MetricPoints.ofTenant;
import static io.tributary.metrics.MetricPoints.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.schemas.avro.GaugeRollup;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.SumRollup;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.identity.SeriesId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RollupTopologyTest {
    private Bench bench = new Bench(Bench.MINUTE);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aWindowIsPublishedWhenStreamTimeIsPastItsEndByTheGrace() {
        bench.send(gauge("g", 5, 1), gauge("g", 59.999, 4), gauge("g", 60, 8), gauge("g", 89.999, 3));
        assertThat(bench.published()).isEmpty();
        bench.send(gauge("other", 90, 0));
        assertThat(bench.published())
                .containsExactly(new RollupPoint(
                        "default",
                        "g",
                        Map.of("host", "a", "zone", "1"),
                        "By",
                        MetricKind.GAUGE,
                        BASE,
                        60_000_000_000L,
                        2L,
                        at(59.999),
                        new GaugeRollup(1.0, 4.0, 5.0, 4.0)));
        bench.send(gauge("other", 150, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getName, RollupPoint::getCount)
                .containsExactlyInAnyOrder(tuple("g", 2L), tuple("other", 1L));
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 6L));
    }

    @Test
    void seriesAndTenantsAreApart() {
        bench.send(
                gauge("g", 1, 1),
                ofTenant("acme", gauge("g", 2, 10)),
                gauge("h", 3, 100),
                ofTenant("acme", gauge("g", 4, 20)),
                gauge("tick", 90, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getTenant, RollupPoint::getName, RollupPoint::getValue)
                .containsExactlyInAnyOrder(
                        tuple("default", "g", new GaugeRollup(1.0, 1.0, 1.0, 1.0)),
                        tuple("acme", "g", new GaugeRollup(10.0, 20.0, 30.0, 20.0)),
                        tuple("default", "h", new GaugeRollup(100.0, 100.0, 100.0, 100.0)));
    }

    @Test
    void aCounterThatArrivesOutOfOrderIsNotReset() {
        bench.send(
                counter("c", 0, 10, 5),
                counter("c", 0, 70, 30),
                counter("c", 0, 50, 20),
                counter("c", 0, 40, 12),
                gauge("tick", 150, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getValue)
                .containsExactly(new SumRollup(20.0, 0L, 20.0), new SumRollup(10.0, 0L, 30.0));
    }

    @Test
    void aResetIsRecognisedAcrossWindows() {
        bench.send(counter("c", 0, 10, 5), counter("c", 0, 55, 9), counter("c", 60, 70, 4), gauge("tick", 150, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getValue)
                .containsExactly(new SumRollup(9.0, 0L, 9.0), new SumRollup(4.0, 1L, 4.0));
    }

    @Test
    void latePointsAreDroppedAndCounted() {
        bench.send(gauge("g", 5, 1), gauge("tick", 90, 0));
        assertThat(bench.published()).hasSize(1);
        bench.send(gauge("g", 6, 100), gauge("g", 59, 100), gauge("g", 60, 2), gauge("tick", 150, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getName, RollupPoint::getValue)
                .containsExactlyInAnyOrder(
                        tuple("g", new GaugeRollup(2.0, 2.0, 2.0, 2.0)),
                        tuple("tick", new GaugeRollup(0.0, 0.0, 0.0, 0.0)));
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 4L, "dropped:late", 2L));
    }

    @Test
    void aClockThatIsAheadClosesNoWindow() {
        bench.send(gauge("g", 5, 1));
        long now = at(6) / 1_000_000;
        bench.send(gauge("ahead", 5 * 60 + 6.5, 1), now);
        bench.send(gauge("ahead", 86_400, 1), now);
        bench.send(gauge("ahead", 4 * 60, 1), now);
        bench.send(gauge("g", 7, 2));
        assertThat(bench.published()).isEmpty();
        bench.send(gauge("tick", 90, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getValue)
                .containsExactly(new GaugeRollup(1.0, 2.0, 3.0, 2.0));
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 4L, "dropped:future", 2L));
    }

    @Test
    void duplicatesChangeNothingAndOfTwoValuesOneStays() {
        bench.send(gauge("g", 5, 1), gauge("g", 5, 1), gauge("g", 6, 2), gauge("g", 6, 3), gauge("tick", 90, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getCount, RollupPoint::getValue)
                .containsExactly(tuple(2L, new GaugeRollup(1.0, 3.0, 4.0, 3.0)));
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 3L, "duplicate", 1L, "dropped:conflict", 1L));
    }

    @Test
    void pointsWithoutAUsableNumberAreDroppedForTheirReason() {
        bench.send(
                point("g", 5, null),
                gauge("g", 6, Double.NaN),
                gauge("g", 7, Double.POSITIVE_INFINITY),
                gauge("g", 8, 1),
                gauge("tick", 90, 0));
        assertThat(bench.published()).extracting(RollupPoint::getCount).containsExactly(1L);
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 2L, "dropped:stale", 1L, "dropped:not_finite", 2L));
    }

    @Test
    void windowsOfTwoLengthsCountTheSamePoints() {
        bench.close();
        bench = new Bench(Bench.settings(Duration.ofMinutes(1), Duration.ofMinutes(2)));
        bench.send(
                counter("c", 0, 10, 5),
                counter("c", 0, 70, 6),
                counter("c", 0, 119, 8),
                counter("c", 0, 130, 9),
                gauge("tick", 300, 0));
        Map<Bench.Slot, RollupPoint> latest = bench.latest();
        SeriesId id = SeriesId.of("default", "c", Map.of("host", "a", "zone", "1"));
        assertThat(latest.keySet())
                .containsExactly(
                        new Bench.Slot(id, 60, 0),
                        new Bench.Slot(id, 60, 60),
                        new Bench.Slot(id, 60, 120),
                        new Bench.Slot(id, 120, 0),
                        new Bench.Slot(id, 120, 120));
        assertThat(latest.get(new Bench.Slot(id, 120, 0)).getValue()).isEqualTo(new SumRollup(8.0, 0L, 8.0));
        assertThat(latest.get(new Bench.Slot(id, 120, 0)).getCount()).isEqualTo(3);
        assertThat(latest.get(new Bench.Slot(id, 120, 120)).getValue()).isEqualTo(new SumRollup(1.0, 0L, 9.0));
    }

    @Test
    void theLastWindowComesOutBySilenceAndIsCorrectedByALaterPoint() {
        bench.send(counter("c", 0, 10, 5), counter("c", 0, 50, 9), gauge("g", 55, 2));
        bench.pass(Duration.ofSeconds(44));
        assertThat(bench.published()).isEmpty();
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.published())
                .extracting(RollupPoint::getValue)
                .containsExactlyInAnyOrder(new SumRollup(9.0, 0L, 9.0), new GaugeRollup(2.0, 2.0, 2.0, 2.0));
        bench.pass(Duration.ofHours(1));
        assertThat(bench.published()).isEmpty();

        bench.send(counter("c", 0, 59, 12));
        assertThat(bench.published()).isEmpty();
        bench.pass(Duration.ofSeconds(45));
        assertThat(bench.published()).extracting(RollupPoint::getValue).contains(new SumRollup(12.0, 0L, 12.0));
        bench.send(gauge("tick", 90, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getValue)
                .containsExactlyInAnyOrder(new SumRollup(12.0, 0L, 12.0), new GaugeRollup(2.0, 2.0, 2.0, 2.0));
    }

    @Test
    void aPreviewOfALongWindowHasItsClosedAndItsOpenSlices() {
        bench.close();
        bench = new Bench(Bench.settings(Duration.ofMinutes(1), Duration.ofMinutes(2)));
        bench.send(
                counter("c", 0, 10, 5),
                gauge("early", 20, 3),
                gauge("tick", 95, 0),
                counter("c", 0, 97, 7),
                counter("c", 0, 100, 8));
        assertThat(bench.published()).hasSize(2);
        bench.pass(Duration.ofSeconds(70));
        Map<Bench.Slot, RollupPoint> preview = bench.latest();
        SeriesId counter = SeriesId.of("default", "c", Map.of("host", "a", "zone", "1"));
        SeriesId early = SeriesId.of("default", "early", Map.of("host", "a", "zone", "1"));
        assertThat(preview.get(new Bench.Slot(counter, 60, 60)).getValue()).isEqualTo(new SumRollup(3.0, 0L, 8.0));
        assertThat(preview.get(new Bench.Slot(counter, 120, 0)).getValue()).isEqualTo(new SumRollup(8.0, 0L, 8.0));
        assertThat(preview.get(new Bench.Slot(counter, 120, 0)).getCount()).isEqualTo(3);
        assertThat(preview.get(new Bench.Slot(early, 120, 0)).getValue())
                .isEqualTo(new GaugeRollup(3.0, 3.0, 3.0, 3.0));
        bench.send(gauge("tick", 240, 0));
        Map<Bench.Slot, RollupPoint> last = bench.latest();
        preview.forEach((slot, point) -> assertThat(last).containsEntry(slot, point));
    }

    @Test
    void histogramsOfDifferentBoundsInOneWindowKeepTheBoundsThatTheyShare() {
        bench.send(
                histogram("h", 0, 10, List.of(1.0, 5.0, 10.0), List.of(1L, 2L, 3L, 4L)),
                histogram("h", 15, 20, List.of(1.0, 10.0, 20.0), List.of(1L, 1L, 1L, 1L)),
                gauge("tick", 90, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getValue)
                .containsExactly(new HistogramValue(14L, 140.0, 1.0, 100.0, List.of(1.0, 10.0), List.of(2L, 6L, 6L)));
    }

    @Test
    void whatCannotBeRolledUpIsADeadLetterAndThePartitionGoesOn() {
        MetricPoint nameless = gauge("", 5, 1);
        MetricPoint timeless = gauge("g", 5, 1);
        timeless.setTimeUnixNano(0);
        MetricPoint falling = counter("c", 0, 5, -1);
        MetricPoint mixed = gauge("g", 5, 1);
        mixed.setValue(new HistogramValue(0L, null, null, null, List.of(), List.of()));
        long now = at(5) / 1_000_000;
        bench.send(nameless, now);
        bench.send(timeless, now);
        bench.send(falling, now);
        bench.send(mixed, now);
        MetricPoint large = gauge("g", 5, 1);
        large.setDescription("x".repeat(1_500_000));
        bench.send(large, now);
        byte[] value = bench.topics().metrics().encodeValue(gauge("g", 5, 1));
        bench.send(new byte[16], value, now);
        bench.send(null, value, now);
        bench.send(new byte[3], value, now);
        bench.send(new byte[16], "no avro".getBytes(StandardCharsets.UTF_8), now);
        bench.send(new byte[16], null, now);
        bench.send(gauge("g", 6, 1), gauge("tick", 90, 0));

        assertThat(bench.published()).extracting(RollupPoint::getCount).containsExactly(1L);
        List<TestRecord<byte[], byte[]>> letters = bench.deadLetters().readRecordsToList();
        assertThat(letters)
                .extracting(letter -> header(letter, DeadLetter.REASON))
                .containsExactly(
                        "invalid_record",
                        "invalid_record",
                        "invalid_record",
                        "invalid_record",
                        "too_large",
                        "invalid_key",
                        "invalid_key",
                        "invalid_key",
                        "not_avro",
                        "null_value");
        assertThat(header(letters.getFirst(), DeadLetter.MESSAGE)).startsWith("name: empty");
        assertThat(letters.get(5).value()).isEqualTo(value);
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 2L, "dead_lettered", 10L));
    }

    @Test
    void aSeriesIsForgottenWhenItWasSilentForTheMemory() {
        bench.send(gauge("g", 5, 1), counter("c", 0, 10, 5), gauge("tick", 1800, 0));
        assertThat(bench.entries("series")).isEqualTo(3);
        bench.send(counter("c", 0, 3500, 7), gauge("tick", 3800, 0));
        assertThat(bench.entries("series")).isEqualTo(2);
        assertThat(bench.entries("expiries")).isEqualTo(2);
        assertThat(bench.entries("journal")).isEqualTo(1);
        assertThat(bench.entries("points")).isZero();
        bench.published();
        bench.send(gauge("g", 3801, 3), counter("c", 0, 3802, 9), gauge("tick", 3990, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getValue)
                .contains(new GaugeRollup(3.0, 3.0, 3.0, 3.0), new SumRollup(2.0, 0L, 9.0));
    }

    @Test
    void whatIsDueAfterALongPauseIsDoneBitByBit() {
        int series = 1200;
        gauges(series, 5);
        gauges(series, 65);
        bench.send(gauge("tick", 10_800, 0));
        assertThat(bench.published())
                .hasSize(series)
                .allSatisfy(point -> assertThat(point.getWindowStartUnixNano()).isEqualTo(BASE));
        assertThat(bench.entries("series")).isEqualTo(series + 1);
        bench.send(gauge("g0", 119, 9));
        assertThat(bench.published())
                .hasSize(series)
                .allSatisfy(point -> assertThat(point.getWindowStartUnixNano()).isEqualTo(at(60)))
                .allSatisfy(point -> assertThat(point.getCount()).isEqualTo(1));
        assertThat(bench.entries("series")).isBetween(2L, (long) series);
        for (int second = 1; second <= 10; second++) {
            bench.send(gauge("tick", 10_800 + second, 0));
        }
        assertThat(bench.entries("series")).isEqualTo(1);
        assertThat(bench.entries("expiries")).isEqualTo(1);
        assertThat(bench.published()).isEmpty();
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 2L * series + 11, "dropped:late", 1L));
    }

    @Test
    void whatIsLeftOfAPauseIsPublishedThoughNoFurtherPointComes() {
        int series = 1200;
        gauges(series, 5);
        gauges(series, 65);
        bench.send(gauge("tick", 10_800, 0));
        assertThat(bench.published()).hasSize(series);
        bench.pass(Duration.ofSeconds(12));
        assertThat(bench.published()).hasSize(series);
        assertThat(bench.entries("journal")).as("the tick").isEqualTo(1);
        bench.pass(Duration.ofSeconds(100));
        assertThat(bench.published()).extracting(RollupPoint::getName).containsExactly("tick");
    }

    /** A point of each of so many series. */
    private void gauges(int series, int second) {
        for (int one = 0; one < series; one++) {
            bench.send(gauge("g" + one, second, 1));
        }
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
