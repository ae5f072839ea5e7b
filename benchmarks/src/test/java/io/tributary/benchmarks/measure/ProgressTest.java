package io.tributary.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void theBeginningIsAWarmUpAndTheRestIsCutIntoStretches() {
        Progress progress = new Progress();
        // Slow and costly at first, then 1000 records a second at 10 processor seconds a million.
        progress.note(0, 0, 0);
        progress.note(4000, 9, 100 * SECOND);
        for (int second = 1; second <= 6; second++) {
            progress.note(4000 + 1000L * second, 9 + 0.01 * second, (100 + second) * SECOND);
        }

        assertThat(progress.recordsPerSecond(3)).isEqualTo(new Spread(1000, 1000, 1000));
        Spread cpu = progress.cpuPerMillion(3);
        assertThat(cpu.least()).isBetween(9.99, 10.01);
        assertThat(cpu.most()).isBetween(9.99, 10.01);
    }

    @Test
    void allOfTheWorkIsMeasuredWithItsWarmUp() {
        Progress progress = new Progress();
        progress.note(0, 1, 0);
        progress.note(100, 2, 9 * SECOND);
        progress.note(1000, 3, 10 * SECOND);

        assertThat(progress.recordsPerSecond()).isEqualTo(100);
        assertThat(progress.cpuPerMillion()).isEqualTo(2000);
    }

    @Test
    void aWorkOfOneStepIsOneMeasurement() {
        Progress progress = new Progress();
        progress.note(0, 1, 0);
        progress.note(500, 2, SECOND);

        assertThat(progress.recordsPerSecond(5).median()).isEqualTo(500);
        assertThat(progress.cpuPerMillion(5).median()).isEqualTo(2000);
    }

    @Test
    void theMedianIsTheMiddleOneOrBetweenTheMiddleTwo() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(List.of(1234.4, 12.34, 2000.0)).text()).isEqualTo("1,234 (12.3–2,000)");
    }

    @Test
    void aQuantileIsTheLeastValueThatSoManyAreNotAbove() {
        double[] values = {4, 1, 3, 2};
        assertThat(Spread.quantile(values, 0.5)).isEqualTo(2);
        assertThat(Spread.quantile(values, 0.99)).isEqualTo(4);
        assertThat(Spread.quantile(new double[0], 0.5)).isZero();
    }

    @Test
    void aProcessTellsWhatItUsed() {
        Usage self = Usage.ofThisProcess();
        assertThat(self.cpuSeconds()).isPositive();
        assertThat(self.residentBytes()).isGreaterThan(1 << 20);
        assertThat(self.peakResidentBytes()).isGreaterThanOrEqualTo(self.residentBytes() / 2);
    }
}
