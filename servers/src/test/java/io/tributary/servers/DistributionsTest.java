package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionsTest {

    @TempDir
    private Path root;

    @Test
    void namesTheFolderThatIsMissingAndWhatMakesIt() {
        assertThatThrownBy(() -> Distributions.of(root).registryJar())
                .hasMessageContaining("servers/target/dist/registry")
                .hasMessageContaining("./mvnw -pl servers");
    }

    @Test
    void takesTheNewestElasticsearch() throws Exception {
        Path folder = root.resolve("servers/target/dist/elasticsearch");
        for (String version : new String[] {"elasticsearch-8.19.20", "elasticsearch-8.19.21"}) {
            Files.createDirectories(folder.resolve(version).resolve("bin"));
            Files.createFile(folder.resolve(version).resolve("bin/elasticsearch"));
        }
        assertThat(Distributions.of(root).elasticsearchHome()).endsWith(Path.of("elasticsearch-8.19.21"));
    }
}
