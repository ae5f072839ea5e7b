package io.tributary.promql.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LabelHashTest {

    /** As xxhsum and the documentation of xxHash for Python have them: below one stripe of 32 bytes, and above. */
    @Test
    void bytesHashAsByTheReference() {
        assertThat(hash("")).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(hash("xxhash")).isEqualTo(0x32DD38952C4BC720L);
        assertThat(hash("Nobody inspects the spammish repetition")).isEqualTo(0xFBCEA83C8A378BF1L);
    }

    @Test
    void labelsHashInTheOrderOfTheirNamesWithAnEndAfterEachText() {
        byte[] texts = "file_a.yml_name_shop_".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < texts.length; i++) {
            texts[i] = texts[i] == '_' ? (byte) 0xff : texts[i];
        }
        assertThat(LabelHash.of(Labels.of("name", "shop", "file", "a.yml"))).isEqualTo(LabelHash.xxh64(texts));
    }

    private static long hash(String text) {
        return LabelHash.xxh64(text.getBytes(StandardCharsets.UTF_8));
    }
}
