package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {
    private static final Path ROOT = Path.of("/opt/tributary");

    @Test
    void isInTheRepositoryUnlessTheEnvironmentSaysWhere() {
        assertThat(Home.of(ROOT, Map.of()).folder()).isEqualTo(ROOT.resolve(".tributary"));
        assertThat(Home.of(ROOT, Map.of(Home.VARIABLE, "second")).folder()).isEqualTo(ROOT.resolve("second"));
        assertThat(Home.of(ROOT, Map.of(Home.VARIABLE, "/var/lib/tributary")).folder())
                .isEqualTo(Path.of("/var/lib/tributary"));
    }

    @Test
    void anEmptyVariableSaysNothing() {
        assertThat(Home.of(ROOT, Map.of(Home.VARIABLE, "")).folder()).isEqualTo(ROOT.resolve(".tributary"));
    }
}
