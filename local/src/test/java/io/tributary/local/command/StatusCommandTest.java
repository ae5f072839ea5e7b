package io.tributary.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.TestParts;
import io.tributary.local.console.State;
import io.tributary.local.running.PartStatus;
import io.tributary.servers.RunningProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

    @Test
    void jsonHasEveryPartWithWhatIsKnownOfIt() {
        var make = new TestParts(Path.of("unused"));
        var since = Instant.parse("2026-01-02T03:04:05.678Z");
        var self = new RunningProcess(ProcessHandle.current(), since);
        var kafka =
                TestParts.withPort(TestParts.withPort(make.sleeper("kafka"), "clients", 9092), "controller", 19_092);
        var questDb = TestParts.withPort(make.sleeper("questdb"), "http", 9000);

        String json = StatusCommand.json(List.of(
                new PartStatus(kafka, State.NOT_READY, Optional.of(self)),
                new PartStatus(questDb, State.DOWN, Optional.empty())));

        assertThat(json)
                .isEqualTo("{\"parts\":["
                        + "{\"name\":\"kafka\",\"state\":\"not-ready\",\"pid\":" + self.pid()
                        + ",\"ports\":[9092,19092],\"since\":\"2026-01-02T03:04:05.678Z\"},"
                        + "{\"name\":\"questdb\",\"state\":\"down\",\"pid\":null,\"ports\":[9000],\"since\":null}]}");
    }
}
