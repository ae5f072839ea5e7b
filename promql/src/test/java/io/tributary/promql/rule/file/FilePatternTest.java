package io.tributary.promql.rule.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : List.of("rules/b.yml", "rules/a.yml", "rules/a.yaml", "more/c.yml", "a*b.yml", "axb.yml")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.createFile(folder.resolve(name));
        }
    }

    @Test
    void aPlainPathIsTheFile() throws IOException {
        assertThat(found("rules/a.yml")).containsExactly("rules/a.yml");
        assertThat(found("rules/z.yml")).isEmpty();
        assertThat(new FilePattern(folder.resolve("rules/a.yml").toString()).resolve(Path.of("/elsewhere")))
                .hasSize(1);
    }

    @Test
    void wildcardsStandForPartsOfNames() throws IOException {
        assertThat(found("rules/*.yml")).containsExactly("rules/a.yml", "rules/b.yml");
        assertThat(found("*/?.yml")).containsExactly("more/c.yml", "rules/a.yml", "rules/b.yml");
        assertThat(found("rules/[b-z].y*")).containsExactly("rules/b.yml");
        assertThat(found("a\\*b.yml")).containsExactly("a*b.yml");
        assertThat(found("a*b.yml")).containsExactly("a*b.yml", "axb.yml");
        assertThat(found("{rules,more}/*.yml")).isEmpty();
    }

    @Test
    void aBracketMustBeClosed() {
        assertThatThrownBy(() -> found("rules/[a.yml")).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> found(String pattern) throws IOException {
        return new FilePattern(pattern)
                .resolve(folder).stream()
                        .map(path -> folder.relativize(path).toString())
                        .toList();
    }
}
