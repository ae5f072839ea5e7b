package io.tributary.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.Context;
import io.tributary.local.Home;
import io.tributary.local.console.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class KafkaOptionsTest {
    private static final String REGISTRY = "http://127.0.0.1:8081/apis/ccompat/v7";

    @Command
    private static final class Any {
        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();
    }

    @TempDir
    private Path folder;

    @Test
    void isTheSystemOfThisMachineWhereNothingElseIsNamed() {
        assertThat(target(Map.of("TRIBUTARY_KAFKA_PORT", "19999")))
                .isEqualTo(new KafkaTarget(KafkaAccess.open("127.0.0.1:19999"), "tributary.", REGISTRY));
    }

    @Test
    void theEnvironmentNamesItAsItDoesForTheServices() {
        Map<String, String> environment = Map.of(
                "TRIBUTARY_KAFKA", "one:9093,two:9093",
                "TRIBUTARY_REGISTRY", "https://schemas",
                "TRIBUTARY_KAFKA_TOPICPREFIX", "acme.",
                "TRIBUTARY_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL",
                "TRIBUTARY_KAFKA_CLIENT_SASL_MECHANISM", "PLAIN");

        assertThat(target(environment))
                .isEqualTo(new KafkaTarget(
                        new KafkaAccess(
                                "one:9093,two:9093",
                                Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN")),
                        "acme.",
                        "https://schemas"));
    }

    @Test
    void optionsGoBeforeTheFileAndTheFileBeforeTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of(
                "TRIBUTARY_KAFKA", "environment:9093",
                "TRIBUTARY_REGISTRY", "https://environment",
                "TRIBUTARY_KAFKA_TOPICPREFIX", "environment.",
                "TRIBUTARY_KAFKA_CLIENT_CLIENT_ID", "environment",
                "TRIBUTARY_KAFKA_CLIENT_SASL_MECHANISM", "PLAIN");
        Path file = Files.writeString(
                folder.resolve("client.properties"), "bootstrap.servers=file:9093\nsasl.mechanism=SCRAM-SHA-512\n");
        Map<String, String> settings = Map.of("client.id", "environment", "sasl.mechanism", "SCRAM-SHA-512");

        assertThat(target(environment, "--command-config", file.toString()))
                .isEqualTo(
                        new KafkaTarget(new KafkaAccess("file:9093", settings), "environment.", "https://environment"));
        assertThat(target(
                        environment,
                        "--command-config=" + file,
                        "--bootstrap-server=option:9093",
                        "--topic-prefix=",
                        "--schema-registry-url=https://option"))
                .isEqualTo(new KafkaTarget(new KafkaAccess("option:9093", settings), "", "https://option"));
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        Path missing = folder.resolve("missing.properties");
        assertThatThrownBy(() -> target(
                        Map.of("TRIBUTARY_KAFKA_CLIENT_SECURITY_PROTOCOL", "TLS"),
                        "--bootstrap-server=broker",
                        "--command-config=" + missing,
                        "--topic-prefix=a/b",
                        "--schema-registry-url=schemas:8081"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line)
                                        .isEqualTo("--bootstrap-server: broker (expected: host:port, or several,"
                                                + " separated by commas)"),
                                line -> assertThat(line)
                                        .isEqualTo("--command-config: " + missing
                                                + " cannot be read (expected: a properties file)"),
                                line -> assertThat(line)
                                        .isEqualTo("--topic-prefix: a/b (expected: letters, digits, '.', '_', '-')"),
                                line -> assertThat(line)
                                        .isEqualTo("--schema-registry-url: schemas:8081 (expected: an http or https"
                                                + " URL)"),
                                line -> assertThat(line).contains("security.protocol", "TLS")));
    }

    private KafkaTarget target(Map<String, String> environment, String... words) {
        var any = new Any();
        new CommandLine(any).parseArgs(words);
        var console = new Console(System.out, System.err, false);
        return any.kafka.target(new Context(Home.of(folder, environment), environment, console));
    }
}
