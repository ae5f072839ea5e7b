package io.tributary.promql.testlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Prometheus's own scripts, every query of each. */
class SharedScriptsTest {

    @TestFactory
    Stream<DynamicContainer> everyQueryGivesWhatPrometheusGives() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.path("promql"))) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList();
            assertThat(scripts).isNotEmpty();
            return scripts.stream().map(SharedScriptsTest::queries);
        }
    }

    private static DynamicContainer queries(Path file) {
        var outcomes = new Runner(Runner.OPTIONS).run(Script.parse(read(file)));
        assertThat(outcomes).isNotEmpty();
        return DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                outcomes.stream()
                        .map(outcome -> DynamicTest.dynamicTest(
                                outcome.eval().line() + ": " + outcome.eval(),
                                () -> assertThat(outcome.differences()).isEmpty())));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
