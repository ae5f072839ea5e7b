package io.tributary.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.alerts.planning.GroupPlan;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.file.RuleFileException;
import io.tributary.promql.rule.file.RuleFileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSourceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void readsTheFilesThatThePatternsNameInTheirOrder() throws IOException {
        write("b.yml", "second", "up");
        write("a.yml", "first", "up");
        write("c.yaml", "third", "up");
        RuleSource source = source(folder + "/*.yml", folder + "/c.yaml", folder + "/none*");
        assertThat(source.get().groups())
                .extracting(plan -> plan.group().name())
                .containsExactly("first", "second", "third");
        assertThat(source.status().isSuccess()).isTrue();
    }

    @Test
    void aBadFileStopsTheStartWithItsReasons() throws IOException {
        write("a.yml", "first", "up ==");
        assertThatThrownBy(() -> source(folder + "/*.yml"))
                .isInstanceOf(RuleFileException.class)
                .hasMessageContaining("a.yml");
        assertThatThrownBy(() -> source(folder + "/missing.yml")).isInstanceOf(RuleFileException.class);
    }

    @Test
    void aBadFileIsRefusedLaterAndTheLastGoodSetStays() throws IOException {
        write("a.yml", "first", "up");
        RuleSource source = source(folder + "/*.yml");
        RuleSet good = source.get();
        write("b.yml", "second", "up ==");
        RuleSource.Status status = source.reload();
        assertThat(status.isSuccess()).isFalse();
        assertThat(status.problems()).contains("b.yml").contains("second");
        assertThat(source.get()).isSameAs(good);
        write("b.yml", "second", "up == 0");
        assertThat(source.reload().isSuccess()).isTrue();
        assertThat(source.get().groups())
                .extracting(GroupPlan::key)
                .containsExactly(folder + "/a.yml;first", folder + "/b.yml;second");
    }

    @Test
    void looksAtTheFilesAndReadsThemOnlyIfTheyChanged() throws IOException {
        write("a.yml", "first", "up");
        RuleSource source = source(folder + "/*.yml");
        RuleSet before = source.get();
        assertThat(source.reloadIfChanged()).isFalse();
        Files.setLastModifiedTime(folder.resolve("a.yml"), FileTime.fromMillis(5_000));
        assertThat(source.reloadIfChanged()).isTrue();
        assertThat(source.get()).as("the content is the same").isSameAs(before);
        write("a.yml", "other", "up");
        assertThat(source.reloadIfChanged()).isTrue();
        assertThat(source.get()).isNotSameAs(before);
    }

    private RuleSource source(String... patterns) {
        return new RuleSource(List.of(patterns), RuleFileOptions.DEFAULT, EngineOptions.DEFAULT, CLOCK);
    }

    private void write(String file, String group, String expression) throws IOException {
        Files.writeString(folder.resolve(file), """
                groups:
                  - name: %s
                    rules:
                      - {record: "a:b", expr: "%s"}
                """.formatted(group, expression));
    }
}
