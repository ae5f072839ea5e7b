package io.tributary.connect.elasticsearch;

import io.tributary.delivery.elasticsearch.IndexTemplates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The index templates of all that the sink writes; each is a file beside this class. */
final class Templates {
    private Templates() {}

    static IndexTemplates all() {
        return new IndexTemplates()
                .index("tributary-jaeger-span", read("jaeger-span.json"))
                .index("tributary-jaeger-service", read("jaeger-service.json"))
                .index("tributary-jaeger-dependencies", read("jaeger-dependencies.json"))
                .index("tributary-traces", read("traces.json"))
                .index("tributary-service-edges", read("service-edges.json"));
    }

    private static String read(String file) {
        try (InputStream in = Templates.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
