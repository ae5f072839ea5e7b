package io.tributary.local.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Context;
import io.tributary.local.Home;
import io.tributary.local.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromqlCommandTest {

    private static final String SCRIPT = """
            load 1m
              requests_total{job="a"} 0+60x10
              requests_total{job="b"} 0+30x10

            eval instant at 10m sum(rate(requests_total[5m]))
              {} 1.5

            eval range from 1m to 3m step 1m requests_total{job="a"}
              requests_total{job="a"} 60 120 180
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        var console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return PromqlCommand.in(new Context(Home.of(folder, Map.of()), Map.of(), console))
                .execute(words);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void scriptsThatPassAreCounted() throws IOException {
        assertThat(run("test", file("a.test", SCRIPT), file("b.test", SCRIPT))).isZero();
        assertThat(out()).isEqualTo("4 passed, 0 failed\n");
    }

    @Test
    void aFailureComesWithFileLineQueryExpectedAndGot() throws IOException {
        String file = file("a.test", SCRIPT.replace("{} 1.5", "{} 2"));
        assertThat(run("test", file)).isEqualTo(1);
        assertThat(out()).isEqualTo(file + """
                :5: eval instant at 10m sum(rate(requests_total[5m]))
                  expected  {} 2
                  got       {} 1.5
                1 passed, 1 failed
                """);
    }

    @Test
    void aScriptThatCannotBeReadFailsAndTheOthersRun() throws IOException {
        String bad = file("bad.test", "load 1m\n  x 1 2\n\nevaluate x\n");
        String missing = folder.resolve("missing.test").toString();
        assertThat(run("test", bad, missing, file("a.test", SCRIPT))).isEqualTo(1);
        assertThat(out())
                .contains(bad + ":4: ")
                .contains(missing + ": no such file")
                .endsWith("2 passed, 2 failed\n");
    }

    @Test
    void experimentalPartsCanBeSwitchedOff() throws IOException {
        String names = """
                load 1m
                  requests_total 0+60x10

                eval instant at 10m {__name__="requests_total"} + 0 or label_replace(requests_total * 0, "x", "$1", "__name__", "(.*)")
                  {} 600
                  {x="requests_total"} 0
                """;
        assertThat(run("test", file("a.test", names))).isZero();
        assertThat(run("test", "--disable-feature", "promql-delayed-name-removal", file("a.test", names)))
                .isEqualTo(1);
        assertThat(run("parse", "--disable-feature", "promql-experimental-functions", "mad_over_time(x[5m])"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("mad_over_time");
        assertThat(run("parse", "--disable-feature", "no-such", "x")).isEqualTo(2);
    }

    @Test
    void anExpressionIsPrintedCanonically() {
        assertThat(run("parse", "sum  by(job)(rate( x{b='c'}[5m]))>bool 1")).isZero();
        assertThat(out()).isEqualTo("sum by (job) (rate(x{b=\"c\"}[5m])) > bool 1\n");
    }

    @Test
    void aMistakeIsNamedWithItsPlace() {
        assertThat(run("parse", "sum(x) +\n rate(y)")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("2:7: parse error: expected type range vector in call to function \"rate\"");
    }
}
