package io.tributary.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.it.system.Command;
import io.tributary.it.system.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What docker-compose.yml and the files that it mounts promise, read without an engine. */
class ComposeFileTest {
    private static final JsonNode FILE = Yaml.read("docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)}");

    /** They end by themselves, or have no door to knock at. */
    private static final Set<String> WITHOUT_HEALTH = Set.of("connectors", "cli", "demo");

    static Set<Map.Entry<String, JsonNode>> services() {
        return FILE.get("services").properties();
    }

    private static String text(String file) throws IOException {
        return Files.readString(Command.root().resolve(file));
    }

    private static Map<String, String> dotEnv() throws IOException {
        return text(".env")
                .lines()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> other, TreeMap::new));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyContainerIsBoundedAndSaysHowItIs(Map.Entry<String, JsonNode> entry) throws IOException {
        JsonNode service = entry.getValue();
        assertThat(service.path("mem_limit").asString("")).matches("[0-9]+[mg]");
        String image = service.get("image").asString();
        boolean ours = image.startsWith("${TRIBUTARY_IMAGE}/");
        if (!WITHOUT_HEALTH.contains(entry.getKey())) {
            String folder = entry.getKey().equals("connect") ? "connect" : "service";
            assertThat(
                            ours
                                    ? text("docker/" + folder + "/Dockerfile").contains("HEALTHCHECK")
                                    : service.has("healthcheck"))
                    .isTrue();
        }
        if (ours) {
            assertThat(service.get("read_only").asBoolean()).isTrue();
            assertThat(service.get("stop_grace_period").asString()).isEqualTo("30s");
            assertThat(image).endsWith(":${TRIBUTARY_VERSION}");
        }
        service.path("ports")
                .forEach(port -> assertThat(port.asString())
                        .as("published where .env says")
                        .matches("\\$\\{TRIBUTARY_BIND}:\\$\\{TRIBUTARY_[A-Z_]+_PORT}:[0-9]+"));
    }

    @Test
    void everyVariableHasADefaultAndEveryDefaultIsUsed() throws IOException {
        Set<String> used = VARIABLE.matcher(text("docker-compose.yml"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        // Read by Compose itself, and by docker/images.
        used.addAll(List.of("COMPOSE_PROJECT_NAME", "JRE_IMAGE"));
        assertThat(dotEnv().keySet()).isEqualTo(used);
        assertThat(dotEnv()).containsEntry("TRIBUTARY_BIND", "127.0.0.1");
    }

    @Test
    void everyMountIsAFileOfTheRepositoryOrAVolumeThatIsDeclared() {
        Set<String> volumes = Set.copyOf(FILE.get("volumes").propertyNames());
        Set<String> mounted = new TreeSet<>();
        for (var service : services()) {
            for (JsonNode mount : service.getValue().path("volumes")) {
                String source = mount.asString().split(":", -1)[0];
                if (source.startsWith("./")) {
                    assertThat(Command.root().resolve(source)).exists();
                    assertThat(mount.asString()).endsWith(":ro");
                } else {
                    mounted.add(source);
                }
            }
        }
        assertThat(mounted).isEqualTo(volumes);
    }

    @Test
    void whatWaitsWaitsForHealthInTheSameProfile() {
        Map<String, JsonNode> all =
                services().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        all.forEach((name, service) -> service.path("depends_on").forEachEntry((other, how) -> {
            assertThat(all).as(name).containsKey(other);
            assertThat(how.get("condition").asString())
                    .as("%s on %s", name, other)
                    .isEqualTo(other.equals("connectors") ? "service_completed_successfully" : "service_healthy");
            assertThat(all.get(other).has("profiles"))
                    .as("%s may be left out", other)
                    .isFalse();
        }));
    }

    @Test
    void everyServiceIsScrapedAtThePortOfItsHealth() throws IOException {
        Map<String, String> ports = Pattern.compile("(?m)^ {2}\\[([a-z-]+)]=([0-9]+)$")
                .matcher(text("docker/images"))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        Map<String, String> scraped = Yaml.read("docker/victoria-metrics/scrape.yml")
                .get("scrape_configs")
                .valueStream()
                .collect(Collectors.toMap(
                        job -> job.get("job_name").asString(),
                        job -> job.at("/static_configs/0/targets/0").asString()));
        assertThat(ports).hasSize(5);
        for (var service : ports.entrySet()) {
            JsonNode settings = Yaml.read(service.getKey() + "/src/main/resources/application.yml");
            assertThat(settings.at("/management/server/port").asString()).isEqualTo(service.getValue());
            assertThat(scraped).containsEntry(service.getKey(), service.getKey() + ":" + service.getValue());
        }
        assertThat(scraped).hasSameSizeAs(ports);
    }

    @Test
    void jaegerNamesOnlyWhatItDefinesAndListensWhereItIsPublished() {
        JsonNode jaeger = Yaml.read("docker/jaeger/config.yaml");
        JsonNode traces = jaeger.at("/service/pipelines/traces");
        assertThat(jaeger.propertyNames()).containsExactlyInAnyOrder("service", "extensions", "receivers", "exporters");
        for (String kind : List.of("receivers", "exporters")) {
            traces.get(kind)
                    .forEach(part ->
                            assertThat(jaeger.get(kind).has(part.asString())).isTrue());
        }
        jaeger.at("/service/extensions")
                .forEach(part -> assertThat(jaeger.get("extensions").has(part.asString()))
                        .isTrue());
        assertThat(jaeger.at("/extensions/jaeger_storage/backends")
                        .has(jaeger.at("/extensions/jaeger_query/storage/traces")
                                .asString()))
                .isTrue();
        assertThat(jaeger.at("/extensions/jaeger_query/http/endpoint").asString())
                .isEqualTo("0.0.0.0:16686");
        assertThat(FILE.at("/services/jaeger/ports/0").asString()).endsWith(":16686");
        assertThat(FILE.at("/services/jaeger/command/1").asString())
                .isEqualTo(FILE.at("/services/jaeger/volumes/0").asString().split(":", -1)[1]);
    }
}
