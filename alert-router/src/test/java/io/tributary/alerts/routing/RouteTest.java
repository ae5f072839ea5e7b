package io.tributary.alerts.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    @ParameterizedTest
    @CsvSource({"1, 10", "10, 10", "300, 300"})
    void aReceiverMayTakeTheGroupsIntervalForItsAnswer(long interval, long patience) {
        Route route =
                new Route("hook", List.of(), false, Duration.ZERO, Duration.ofSeconds(interval), Duration.ofHours(4));
        assertThat(route.patience()).isEqualTo(Duration.ofSeconds(patience));
    }
}
