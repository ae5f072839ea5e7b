package io.tributary.schemas.release;

import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.serde.AvroSerde;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/** The schemas as they are now. Run as a program, it writes them as the files of a release; see CONTRIBUTING. */
public final class CurrentSchemas {
    private CurrentSchemas() {}

    /** Writes {@code schemas/released/VERSION/NAME.avsc} for every schema; the only argument is the version. */
    public static void main(String... arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of("schemas", "released", arguments[0]));
        for (Map.Entry<String, Schema> schema : byName().entrySet()) {
            Files.writeString(
                    folder.resolve(schema.getKey() + ".avsc"),
                    SchemaFormatter.format("json/pretty", schema.getValue()) + '\n');
        }
    }

    static Map<String, Schema> byName() {
        Map<String, Schema> schemas = new TreeMap<>();
        Topics.of("", new SchemaRegistry("mock://released")).all().stream()
                .flatMap(topic -> Stream.of(topic.key(), topic.value()))
                .filter(AvroSerde.class::isInstance)
                .map(serde -> ((AvroSerde<?>) serde).schema())
                .forEach(schema -> schemas.put(schema.getName(), schema));
        return schemas;
    }
}
