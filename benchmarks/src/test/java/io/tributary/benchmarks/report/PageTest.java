package io.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    @TempDir
    private Path folder;

    @Test
    void aSectionIsReplacedAndNothingElse() throws IOException {
        Path file = folder.resolve("page.md");
        Files.writeString(file, "# Page\n\n<!-- a -->\nold\n<!-- /a -->\n\nwords\n\n<!-- b -->\nkept\n<!-- /b -->\n");

        new Page(file).replace("a", "new\n");

        assertThat(file)
                .hasContent("# Page\n\n<!-- a -->\nnew\n<!-- /a -->\n\nwords\n\n<!-- b -->\nkept\n<!-- /b -->\n");
    }

    @Test
    void aSectionThatIsNotThereIsAddedAtTheEnd() throws IOException {
        Path file = folder.resolve("page.md");
        new Page(file).replace("a", "first");
        new Page(file).replace("b", "second");

        assertThat(file).hasContent("<!-- a -->\nfirst\n<!-- /a -->\n\n<!-- b -->\nsecond\n<!-- /b -->\n");
    }

    @Test
    void aTableIsAlignedInItsSource() {
        assertThat(new MarkdownTable("what", "n").row("a", "1000").text())
                .isEqualTo("| what | n    |\n| ---- | ---- |\n| a    | 1000 |\n");
    }
}
