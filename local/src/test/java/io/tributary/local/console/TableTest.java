package io.tributary.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private final Table table =
            new Table().row("part", "state", "pid").row("kafka", "up", "12345").row("elasticsearch", "down", "-");

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void alignsWordsLeftAndNumbersRight() {
        assertThat(table.lines())
                .containsExactly(
                        "part           state    pid", //
                        "kafka          up     12345",
                        "elasticsearch  down       -");
    }

    @Test
    void rowsMayBeShort() {
        assertThat(new Table().row("a").row("bcd", "e").lines()).containsExactly("a", "bcd  e");
        assertThat(new Table().lines()).isEmpty();
    }

    @Test
    void colourIsForTerminalsOnly() {
        new Console(out, out, false).table(table);
        new Console(out, out, false).progress("kafka", State.UP, Duration.ofMillis(2340));
        assertThat(written()).doesNotContain("\u001b").contains("kafka                up          2.3 s");

        bytes.reset();
        new Console(out, out, true).table(table);
        new Console(out, out, true).progress("kafka", State.FAILED, Duration.ofSeconds(90));
        assertThat(written())
                .contains(
                        "\u001b[32mup\u001b[0m  ", "\u001b[31mdown\u001b[0m ", "\u001b[31mfailed  \u001b[0m   90.0 s");
    }
}
