package io.tributary.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void ofOneStepEachHasWhatItDid() {
        assertThat(Shares.of(new long[][] {{30}, {10}}, new long[][] {{60}, {40}}))
                .containsExactly(30, 10);
    }

    @Test
    void eachStepIsWorthAsMuchHoweverMuchThereIsToDo() {
        // The second step has twice as much to do.
        long[][] all = {{80, 100}, {20, 100}};

        assertThat(Shares.of(all, all)).containsExactly(65, 35);
        assertThat(Shares.of(new long[][] {{50, 0}, {0, 100}}, all)).containsExactly(25, 25);
    }

    @Test
    void aStepThatHadNothingToDoCountsForNothing() {
        long[][] all = {{10, 0}, {30, 0}};

        assertThat(Shares.of(all, all)).containsExactly(10, 30);
    }
}
