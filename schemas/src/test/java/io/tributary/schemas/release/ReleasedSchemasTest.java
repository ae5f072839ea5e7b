package io.tributary.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Holds every schema against every version of it that was released. Released versions are the files in
 * {@code schemas/released/VERSION}.
 */
class ReleasedSchemasTest {
    private static final Path RELEASED = Path.of("released");

    @Test
    void everySchemaIsFullyCompatibleWithEveryReleasedVersion() throws IOException {
        Map<String, Schema> current = CurrentSchemas.byName();
        List<Path> files = releasedFiles();
        assertThat(files)
                .as("released schemas in %s", RELEASED.toAbsolutePath())
                .isNotEmpty();
        List<String> problems = files.stream()
                .flatMap(file -> {
                    Schema released = parse(file);
                    Schema now = current.get(released.getName());
                    return now == null
                            ? Stream.of(released.getName() + ": was released in "
                                    + file.getParent().getFileName() + " and is gone")
                            : Compatibility.problems(
                                    file.getParent().getFileName().toString(), released, now)
                                    .stream();
                })
                .toList();
        assertThat(problems).isEmpty();
    }

    @Test
    void everyFieldHasADocString() {
        List<String> undocumented = CurrentSchemas.byName().values().stream()
                .flatMap(schema -> Stream.concat(
                        schema.getDoc() == null ? Stream.of(schema.getName()) : Stream.empty(),
                        schema.getFields().stream()
                                .filter(field ->
                                        field.doc() == null || field.doc().isBlank())
                                .map(field -> schema.getName() + '.' + field.name())))
                .toList();
        assertThat(undocumented).isEmpty();
    }

    @Test
    void aFieldAddedWithoutADefaultIsNamed() {
        Schema released = record("{'name':'kept','type':'long'}");
        Schema changed = record("{'name':'kept','type':'long'},{'name':'added','type':'string'}");
        assertThat(Compatibility.problems("1.0", released, changed))
                .singleElement()
                .asString()
                .contains("data of 1.0 cannot be read now", "added");
    }

    @Test
    void aFieldWhoseTypeChangesIsNamedInBothDirections() {
        Schema released = record("{'name':'kept','type':'long'},{'name':'changed','type':'string'}");
        Schema changed = record("{'name':'kept','type':'long'},{'name':'changed','type':'boolean'}");
        assertThat(Compatibility.problems("1.0", released, changed))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("field changed"));
    }

    private static List<Path> releasedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{'type':'record','name':'Sample','fields':[%s]}"
                        .formatted(fields)
                        .replace('\'', '"'));
    }
}
