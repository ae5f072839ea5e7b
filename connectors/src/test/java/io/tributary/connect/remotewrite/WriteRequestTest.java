package io.tributary.connect.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.connect.series.Sample;
import io.tributary.connect.series.TenantLabel;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.sample.SampleData;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WriteRequestTest {
    @Test
    void labelsAreSortedAndSamplesInOrderOfTime() {
        Series up = series("up", Map.of("z", "2", "Job", "a"));
        byte[] request = WriteRequest.encode(List.of(
                List.of(new SeriesPoint(up, 300, 3.0), new SeriesPoint(up, 1, 1.0)),
                List.of(new SeriesPoint(up, 300, 4.0))));
        // WriteRequest.timeseries: labels Job, __name__ and z in byte order, then samples at 1 and 300, the last 300
        // wins.
        assertThat(HexFormat.of().formatHex(request))
                .isEqualTo("0a3d"
                        + "0a080a034a6f62120161"
                        + "0a0e0a085f5f6e616d655f5f12027570"
                        + "0a060a017a120132"
                        + "120b09000000000000f03f1001"
                        + "120c09000000000000104010ac02");
    }

    @Test
    void seriesComeEachOnce() {
        Series one = series("up", Map.of("a", "1"));
        Series other = series("up", Map.of("a", "2"));
        byte[] two = WriteRequest.encode(List.of(
                List.of(new SeriesPoint(one, 1, 1)),
                List.of(new SeriesPoint(other, 1, 1)),
                List.of(new SeriesPoint(one, 2, 1))));
        byte[] both = WriteRequest.encode(List.of(
                List.of(new SeriesPoint(one, 1, 1), new SeriesPoint(one, 2, 1)),
                List.of(new SeriesPoint(other, 1, 1))));
        assertThat(two).isEqualTo(both);
    }

    @Test
    void aStalePointIsAStaleMarkerWithItsVeryBits() {
        MetricPoint stale = SampleData.gauge("up", Map.of("a", "1"), 2, 0);
        stale.setValue(null);
        List<SeriesPoint> points = new MetricPoints(new TenantLabel("tenant")).of(stale);
        assertThat(points).hasSize(1);
        assertThat(Double.doubleToRawLongBits(points.getFirst().value())).isEqualTo(0x7ff0000000000002L);
        assertThat(HexFormat.of().formatHex(WriteRequest.encode(List.of(points))))
                .contains("09020000000000f07f10");
    }

    @Test
    void namesThatPrometheusDoesNotAllowAreRejected() {
        assertThatThrownBy(() -> series("http.requests", Map.of()))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("name: http.requests");
        assertThatThrownBy(() -> series("up", Map.of("host.name", "a")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("label: host.name");
    }

    private static Series series(String name, Map<String, String> labels) {
        return Series.of(new Sample(name, new TreeMap<>(labels), 0, 0));
    }
}
