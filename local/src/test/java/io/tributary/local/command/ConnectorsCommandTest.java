package io.tributary.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Context;
import io.tributary.local.Home;
import io.tributary.local.console.Console;
import io.tributary.servers.Ports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConnectorsCommandTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(Map<String, String> environment) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var context = new Context(Home.of(folder, Map.of()), environment, new Console(out, out, false));
        return new CommandLine(new ConnectorsCommand(context)).execute(folder.toString());
    }

    @Test
    void aFolderWithoutConnectorsIsAMistake() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("expected: a folder with .json files");
    }

    @Test
    void aVariableThatIsNotSetIsNamed() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{\"name\":\"a\",\"config\":{\"url\":\"${STORE}\"}}");
        assertThat(run(Map.of("SHELL", "bash"))).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("a.json: ${STORE} (expected: one of [SHELL])");
    }

    @Test
    void aWorkerThatDoesNotAnswerIsNamed() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{\"name\":\"a\",\"config\":{\"url\":\"${STORE}\"}}");
        String worker = "http://127.0.0.1:" + Ports.free();
        assertThat(run(Map.of("STORE", "http://store", "TRIBUTARY_CONNECT", worker)))
                .isEqualTo(3);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("connect: no answer from " + worker);
    }
}
