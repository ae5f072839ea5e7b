package io.tributary.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.gateway.prometheus.MetricName.Style;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNameTest {
    @ParameterizedTest
    @CsvSource({
        "http.server.request.duration, s, OTHER, http_server_request_duration_seconds",
        "http.server.duration, ms, OTHER, http_server_duration_milliseconds",
        "process.cpu.time, s, COUNTER, process_cpu_time_seconds_total",
        "requests_total, 1, COUNTER, requests_total",
        "requests.total.seen, {request}, COUNTER, requests_seen_total",
        "system.cpu.utilization, 1, GAUGE, system_cpu_utilization_ratio",
        "system.cpu.utilization, 1, OTHER, system_cpu_utilization",
        "disk.io, By, COUNTER, disk_io_bytes_total",
        "disk_bytes_read, By, COUNTER, disk_bytes_read_total",
        "disk.rate, By/s, GAUGE, disk_rate_bytes_per_second",
        "queue.rate, {message}/min, GAUGE, queue_rate_per_minute",
        "hw.temperature, Cel, GAUGE, hw_temperature_celsius",
        "odd.unit, foo^2/w, GAUGE, odd_unit_foo_2_per_week",
        "a..b--c__d, '', GAUGE, a_b_c_d",
        "rule:level:metric, '', GAUGE, rule:level:metric",
        "5xx.count, '', GAUGE, _5xx_count",
        "total, '', COUNTER, total",
        "total.total, '', COUNTER, total",
        "total, s, COUNTER, seconds_total",
        "ratio_ratio, 1, GAUGE, ratio",
        "größe, '', GAUGE, gr_e",
        "'日本', '', GAUGE, ''",
        "'', s, COUNTER, ''",
    })
    void followsTheCompatibilitySpecification(String name, String unit, Style style, String expected) {
        assertThat(MetricName.of(name, unit, style)).isEqualTo(expected);
    }
}
