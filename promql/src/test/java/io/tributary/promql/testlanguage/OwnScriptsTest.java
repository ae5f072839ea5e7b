package io.tributary.promql.testlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import io.tributary.promql.engine.EngineOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Scripts of our own: cases at the edges. */
class OwnScriptsTest {

    @TestFactory
    Stream<DynamicTest> withExperimentalParts() throws Exception {
        return queries("", Runner.OPTIONS).stream();
    }

    @TestFactory
    Stream<DynamicTest> withoutExperimentalParts() throws Exception {
        return queries("stable/", Runner.OPTIONS.withFeatures(Features.STABLE)).stream();
    }

    private static List<DynamicTest> queries(String folder, EngineOptions options)
            throws IOException, URISyntaxException {
        Path scripts = Path.of(OwnScriptsTest.class
                .getResource("/io/tributary/promql/scripts/" + folder)
                .toURI());
        var tests = new ArrayList<DynamicTest>();
        try (Stream<Path> files = Files.list(scripts)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList()) {
                for (Outcome outcome : new Runner(options).run(Script.parse(Files.readString(file)))) {
                    String name = file.getFileName() + ":" + outcome.eval().line() + ": " + outcome.eval();
                    tests.add(DynamicTest.dynamicTest(
                            name, () -> assertThat(outcome.differences()).isEmpty()));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }
}
