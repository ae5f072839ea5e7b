package io.tributary.local.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ConnectorFileTest {

    private static final Map<String, String> ADDRESSES =
            Map.of("ES_URL", "http://127.0.0.1:9200", "QUESTDB_URL", "http://127.0.0.1:9000");

    @TempDir
    private Path folder;

    private void write(String name, String json) throws Exception {
        Files.writeString(folder.resolve(name), json);
    }

    private List<ConnectorFile> files() {
        return ConnectorFile.in(folder, ADDRESSES);
    }

    @Test
    void readsEveryFileAndFillsInTheAddresses() throws Exception {
        write("b.json", "{\"name\":\"spans\",\"config\":{\"url\":\"${ES_URL}\",\"tasks.max\":2}}");
        write("a.json", "{\"name\":\"points\",\"config\":{\"url\":\"${QUESTDB_URL}/write\",\"x\":\"$1\"}}");
        write("readme.txt", "not a connector");
        assertThat(files())
                .containsExactly(
                        new ConnectorFile("points", Map.of("url", "http://127.0.0.1:9000/write", "x", "$1")),
                        new ConnectorFile("spans", Map.of("url", "http://127.0.0.1:9200", "tasks.max", "2")));
    }

    @Test
    void ourSinksReadCommittedRecordsOnly() throws Exception {
        Path ours = Path.of(ConnectorFile.class.getResource("/connectors").toURI());
        Map<String, String> addresses =
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "k", "REGISTRY_URL", "r", "ES_URL", "e", "QUESTDB_URL", "q");
        assertThat(ConnectorFile.in(ours, addresses))
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.config())
                        .as(file.name())
                        .containsEntry("consumer.override.isolation.level", "read_committed"));
    }

    @Test
    void thereMayBeNone() {
        assertThat(files()).isEmpty();
        assertThat(ConnectorFile.in(folder.resolve("missing"), ADDRESSES)).isEmpty();
    }

    @Test
    void anUnknownAddressIsNamed() throws Exception {
        write("a.json", "{\"name\":\"x\",\"config\":{\"url\":\"${NOWHERE}\"}}");
        assertThatThrownBy(this::files)
                .hasMessageContaining("a.json: ${NOWHERE} (expected: one of [ES_URL, QUESTDB_URL])");
    }

    @Test
    void aFileWithoutNameOrConfigIsNamed() throws Exception {
        write("a.json", "{\"config\":{}}");
        assertThatThrownBy(this::files).hasMessageContaining("a.json: no name and config");
    }

    @Test
    void aFileThatIsNotJsonIsNamed() throws Exception {
        write("a.json", "{name");
        assertThatThrownBy(this::files).hasMessageContaining("a.json: not JSON");
    }

    @Test
    void aConnectorRunsWhenAllItsTasksDo() {
        assertThat(status("RUNNING", "RUNNING", "RUNNING").isRunning()).isTrue();
        assertThat(status("RUNNING", "RUNNING", "UNASSIGNED").isRunning()).isFalse();
        assertThat(status("PAUSED", "RUNNING").isRunning()).isFalse();
        assertThat(status("RUNNING").isRunning()).as("no task yet").isFalse();
    }

    @Test
    void aFailedTaskSaysWhy() {
        ConnectorStatus status = status("RUNNING", "RUNNING", "FAILED");
        assertThat(status.isRunning()).isFalse();
        assertThat(status.failure()).contains("java.lang.IllegalStateException: task 1");
        assertThat(status("RUNNING", "RUNNING").failure()).isEmpty();
    }

    private static ConnectorStatus status(String connector, String... tasks) {
        var json = JsonMapper.shared().createObjectNode();
        json.putObject("connector").put("state", connector);
        var array = json.putArray("tasks");
        for (int i = 0; i < tasks.length; i++) {
            array.addObject()
                    .put("id", i)
                    .put("state", tasks[i])
                    .put("trace", "java.lang.IllegalStateException: task " + i + "\n\tat somewhere");
        }
        return ConnectorStatus.of(json);
    }
}
