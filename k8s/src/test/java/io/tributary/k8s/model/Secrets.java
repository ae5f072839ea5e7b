package io.tributary.k8s.model;

import io.strimzi.api.kafka.model.kafka.Kafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Secrets that manifests may refer to although they hold none: names, and the keys of each. */
public final class Secrets {
    private static final Path PAGE = Path.of("../docs/kubernetes.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| ((?:`[^`]+`(?:, )?)+) \\|.*");
    private static final Pattern KEY = Pattern.compile("`([^`]+)`");

    private Secrets() {}

    /** Those that people make, as the documentation lists them. */
    public static Map<String, Set<String>> documented() {
        try {
            return Files.readString(PAGE)
                    .lines()
                    .dropWhile(line -> !line.equals("## Secrets"))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .map(ROW::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .collect(Collectors.toMap(
                            row -> row.group(1),
                            row -> KEY.matcher(row.group(2))
                                    .results()
                                    .map(key -> key.group(1))
                                    .collect(Collectors.toSet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those, and the ones that operators make for the custom resources in the manifests. */
    public static Map<String, Set<String>> known(Manifests manifests) {
        Map<String, Set<String>> secrets = new HashMap<>(documented());
        manifests.all(Elasticsearch.class).map(it -> it.getMetadata().getName()).forEach(name -> {
            secrets.put(name + "-es-http-certs-public", Set.of("ca.crt", "tls.crt"));
            secrets.put(name + "-es-elastic-user", Set.of("elastic"));
        });
        manifests
                .all(Kafka.class)
                .forEach(it -> secrets.put(it.getMetadata().getName() + "-cluster-ca-cert", Set.of("ca.crt")));
        return secrets;
    }
}
