package io.tributary.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexDumpTest {
    private static final byte[] BYTES = "\0\1tributary flows\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void linesHaveSixteenBytesAsNumbersAndAsText() {
        assertThat(HexDump.lines(BYTES, 100))
                .containsExactly(
                        "00000000  00 01 74 72 69 62 75 74 61 72 79 20 66 6c 6f 77  ..tributary flow",
                        "00000010  73 0a                                            s.");
    }

    @Test
    void whatIsOverTheLimitIsCounted() {
        assertThat(HexDump.lines(BYTES, 4)).hasSize(2).last().isEqualTo("… and 14 bytes more");
    }

    @Test
    void nothingHasNoLines() {
        assertThat(HexDump.lines(new byte[0], 4)).isEmpty();
    }
}
