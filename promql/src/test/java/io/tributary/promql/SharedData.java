package io.tributary.promql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Test data that lies beside the project and not in it. */
public final class SharedData {

    /** Takes every value as the text it is: {@code 5e-3} is a query here, and no number. */
    private static final Resolver TEXT = new Resolver() {
        @Override
        protected void addImplicitResolvers() {
            // none
        }
    };

    private SharedData() {}

    /** A file or folder below {@code ../shared/data}; tests that need it are skipped where it is missing. */
    public static Path path(String name) {
        Path path = Path.of("..", "..", "shared", "data").resolve(name);
        assumeTrue(Files.exists(path), () -> path.toAbsolutePath().normalize() + " is missing: skipped");
        return path;
    }

    /** The list called {@code cases} of a YAML file; its values are texts, or bytes where the file says so. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> cases(String name) throws IOException {
        var options = new LoaderOptions();
        var yaml = new Yaml(
                new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(), options, TEXT);
        Map<String, Object> file = yaml.load(Files.readString(path(name)));
        return (List<Map<String, Object>>) file.get("cases");
    }
}
