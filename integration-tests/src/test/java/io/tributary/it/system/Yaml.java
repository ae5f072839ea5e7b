package io.tributary.it.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** YAML of the repository. */
public final class Yaml {
    private Yaml() {}

    /** The only document of the file, anchors and merges resolved. A key that is given twice is an error. */
    public static JsonNode read(String file) {
        Path path = Command.root().resolve(file);
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (var text = Files.newBufferedReader(path)) {
            return JsonMapper.shared()
                    .valueToTree(new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
