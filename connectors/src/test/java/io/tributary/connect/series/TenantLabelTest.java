package io.tributary.connect.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantLabelTest {
    private final TenantLabel label = new TenantLabel("tenant");

    @Test
    void theDefaultTenantHasNone() {
        assertThat(label.add("default", Map.of("a", "1", "b", ""))).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void anotherTenantHasItAndALabelOfThatNameIsKept() {
        assertThat(label.add("acme", Map.of("a", "1", "tenant", "theirs")))
                .isEqualTo(Map.of("a", "1", "tenant", "acme", "exported_tenant", "theirs"));
    }
}
