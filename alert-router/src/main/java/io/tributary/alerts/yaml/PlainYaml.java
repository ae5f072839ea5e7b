package io.tributary.alerts.yaml;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML in which every scalar is a text, as the fields of Prometheus's and Alertmanager's files want them: a label
 * {@code 1} or {@code yes} stays as it was written. Duplicate keys, huge files and nests of aliases are refused.
 */
public final class PlainYaml {
    private static final int MAX_CHARACTERS = 8 << 20;
    private static final int MAX_ALIASES = 1000;

    private PlainYaml() {}

    /**
     * The only document of the text: maps, lists, texts and nulls; null for an empty one.
     *
     * @throws IllegalArgumentException with the reason if the text is no YAML or has several documents
     */
    public static Object read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml =
                new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new TextResolver());
        List<Object> documents = new ArrayList<>();
        try {
            yaml.loadAll(text).forEach(documents::add);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(
                    "no valid YAML: " + e.getMessage().strip().replace('\n', ' '), e);
        }
        if (documents.size() > 1) {
            throw new IllegalArgumentException("documents: " + documents.size() + " (expected: one YAML document)");
        }
        return documents.isEmpty() ? null : documents.getFirst();
    }

    /** Knows merges and nulls, and takes everything else for a text. */
    private static final class TextResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
