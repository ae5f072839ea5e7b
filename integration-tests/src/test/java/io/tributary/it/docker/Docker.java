package io.tributary.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.it.system.Command;
import io.tributary.it.system.Result;
import java.util.List;
import java.util.Map;

/** The {@code docker} command, and the images of third parties. */
final class Docker {
    static final Command COMMAND = new Command(List.of("docker"), Map.of());

    private static final Command IMAGES = new Command(
            List.of(Command.root().resolve("integration-tests/docker/images").toString()), Map.of());

    private Docker() {}

    /** What the command prints; fails if it fails. */
    static String run(String... words) {
        return successful(COMMAND.run(words)).out().strip();
    }

    /** Sees to it that those images are there: pulled, or made as stand-ins. All of them, if there is no name. */
    static void provide(String... images) {
        successful(IMAGES.run(images));
    }

    /** Sees to it that all images are there that docker-compose.yml names, ours of the code as it is. */
    static void provideAll() {
        provide();
        successful(Command.tributary(Map.of()).run("images"));
    }

    static Result successful(Result result) {
        assertThat(result.code()).as("%s", result).isZero();
        return result;
    }
}
