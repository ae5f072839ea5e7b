package io.tributary.promql.rule.yaml;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The one document of a YAML file. */
public final class YamlDocument {

    /** The largest file that is read, in characters. */
    private static final int MAX_LENGTH = 64 << 20;

    /** How many collections may be aliases of others: they cost no text. */
    private static final int MAX_ALIASES = 10_000;

    private YamlDocument() {}

    /** The document's root; empty if the text has no document, or is none, which is then complained of. */
    public static Optional<YamlValue> read(String text, Complaints complaints) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_LENGTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return Optional.ofNullable(root).map(node -> new YamlValue(node, complaints));
        } catch (MarkedYAMLException e) {
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            complaints.add(Place.of(e.getProblemMark()), "yaml: " + context + e.getProblem());
        } catch (YAMLException e) {
            complaints.add(Place.FILE, "yaml: " + e.getMessage());
        }
        return Optional.empty();
    }
}
