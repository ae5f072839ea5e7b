package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.console.Console;
import io.tributary.local.part.Port;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The help, the script and the launcher know the same commands. */
class HelpTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Context context() {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new Context(Home.of(folder, Map.of()), Map.of(), new Console(out, out, false));
    }

    private static String help() throws Exception {
        try (var text = Tributary.class.getResourceAsStream("help.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theScriptKnowsEveryCommandOfTheHelp() throws Exception {
        String script = Files.readString(ROOT.resolve("tributary"));
        var listed = Pattern.compile("commands='(.*)'").matcher(script);
        assertThat(listed.find()).isTrue();
        List<String> helped = Pattern.compile("^  ([a-z]+) ", Pattern.MULTILINE)
                .matcher(help())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(List.of(listed.group(1).split("\\|", -1))).isEqualTo(helped);
    }

    @Test
    void theLauncherKnowsEveryCommandThatTheScriptPassesOn() throws Exception {
        var expected = new TreeSet<>(
                List.of("up", "down", "status", "logs", "demo", "ledger", "dlq", "promql", "rules", "connectors"));
        assertThat(new TreeSet<>(
                        Tributary.commandLine(context()).getSubcommands().keySet()))
                .isEqualTo(expected);
    }

    @Test
    void theHelpNamesEveryPortAndItsUsualNumber() throws Exception {
        for (Port port : Port.values()) {
            assertThat(help()).containsPattern(port.variable() + " +" + port.usual() + "\n");
        }
        assertThat(help()).contains(Home.VARIABLE);
    }

    @Test
    void anUnknownWordGetsAUsageLineAndExitCode2() {
        assertThat(Tributary.commandLine(context()).execute("dance")).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("dance").contains("usage: ./tributary COMMAND");
    }

    @Test
    void anUnknownOptionGetsAUsageLineAndExitCode2() {
        assertThat(Tributary.commandLine(context()).execute("status", "--xml")).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("--xml").contains("usage: ./tributary COMMAND");
    }
}
