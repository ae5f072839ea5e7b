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
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The help, the script and the launcher know the same commands. */
class HelpTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Context context() {
        return context(Map.of());
    }

    private Context context(Map<String, String> environment) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Home home = Home.of(ROOT, Map.of(Home.VARIABLE, folder.toString()));
        return new Context(home, environment, new Console(out, out, false));
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
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
        var expected = new TreeSet<>(List.of(
                "up", "down", "status", "logs", "demo", "ledger", "dlq", "promql", "rules", "connectors", "help"));
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
    void theLauncherShowsTheSameHelp() throws Exception {
        assertThat(Tributary.commandLine(context()).execute("help")).isZero();
        assertThat(text()).isEqualTo(help());
    }

    @Test
    void everyCommandHasAHelpOfItsOwn() {
        CommandLine line = Tributary.commandLine(context());
        assertThat(line.getSubcommands().keySet()).allSatisfy(word -> {
            assertThat(line.execute(word, "--help")).as(word).isZero();
        });
        assertThat(Tributary.commandLine(context()).execute("dlq", "retry", "-h"))
                .isZero();
        assertThat(text())
                .contains("Usage: tributary ledger ")
                .contains("Usage: tributary dlq retry ")
                .contains("${NAME} in them is a variable of the environment");
    }

    @Test
    void theHelpNamesEveryOptionOfTheCommandsThatLookAtKafka() throws Exception {
        CommandLine line = Tributary.commandLine(context());
        CommandLine dlq = line.getSubcommands().get("dlq");
        List<CommandLine> commands = List.of(
                line.getSubcommands().get("ledger"), dlq, dlq.getSubcommands().get("retry"));
        for (CommandLine command : commands) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(help()).contains(option.longestName());
            }
        }
    }

    @Test
    void aProblemOfTheEnvironmentIsToldAndGetsExitCode2() {
        Map<String, String> environment = Map.of("TRIBUTARY_KAFKA_PORT", "high", "TRIBUTARY_CONNECT_PORT", "0");
        assertThat(Tributary.commandLine(context(environment)).execute("status"))
                .isEqualTo(2);
        assertThat(text())
                .contains("TRIBUTARY_KAFKA_PORT: high (expected: a port, 1 to 65535)")
                .contains("TRIBUTARY_CONNECT_PORT: 0 (expected");
    }

    @Test
    void anUnknownPartGetsExitCode2() {
        assertThat(Tributary.commandLine(context()).execute("up", "zookeeper")).isEqualTo(2);
        assertThat(text()).contains("zookeeper (expected: any of kafka");
    }

    @Test
    void anUnknownWordGetsAUsageLineAndExitCode2() {
        assertThat(Tributary.commandLine(context()).execute("dance")).isEqualTo(2);
        assertThat(text()).contains("dance").contains("usage: ./tributary COMMAND");
    }

    @Test
    void anUnknownOptionGetsAUsageLineAndExitCode2() {
        assertThat(Tributary.commandLine(context()).execute("status", "--xml")).isEqualTo(2);
        assertThat(text())
                .contains("--xml")
                .contains("usage: ./tributary COMMAND")
                .contains("./tributary status --help");
    }
}
