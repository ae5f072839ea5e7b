package io.tributary.it.docker;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.system.Command;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compose 1.29 reads the same docker-compose.yml, starts the same core, and all three signals arrive. */
@DockerTest
@Tag("long")
class OlderComposeIT {

    @Test
    void startsTheCore() {
        assumeItIsInstalled();
        Docker.provideAll();
        try (Compose compose = new Compose(Compose.OLDER)) {
            compose.up();
            try (Till till = new Till(compose)) {
                till.sell();
                await().atMost(Duration.ofSeconds(90)).untilAsserted(till::assertArrived);
            }
        }
    }

    @Test
    void readsEveryProfile() {
        assumeItIsInstalled();
        try (Compose compose = new Compose(Compose.OLDER)) {
            compose.run("--profile", "ui", "--profile", "demo", "config", "--quiet");
        }
    }

    private static void assumeItIsInstalled() {
        String version = version();
        assumeThat(version)
                .as("docker-compose %s is not 1.29; integration-tests/docker/with-engine installs it", version)
                .startsWith("1.29");
    }

    private static String version() {
        try {
            return new Command(Compose.OLDER, Map.of())
                    .run("version", "--short")
                    .out();
        } catch (UncheckedIOException e) {
            return e.getCause().getMessage();
        }
    }
}
