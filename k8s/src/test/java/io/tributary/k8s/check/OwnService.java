package io.tributary.k8s.check;

import io.tributary.alerts.config.AlertProperties;
import io.tributary.gateway.config.OtlpProperties;
import io.tributary.logindexer.config.ElasticsearchProperties;
import io.tributary.logindexer.config.IndexerProperties;
import io.tributary.metrics.config.MetricsProperties;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.traces.config.TraceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.UrlResource;

/**
 * A service of ours as its module describes it.
 *
 * @param name of the module, the image and the workload
 * @param properties the records that its configuration is bound to, its own first
 */
record OwnService(String name, List<Class<?>> properties) {
    private static final List<OwnService> ALL = List.of(
            new OwnService("ingest-gateway", List.of(OtlpProperties.class, KafkaProperties.class)),
            new OwnService(
                    "log-indexer",
                    List.of(IndexerProperties.class, ElasticsearchProperties.class, KafkaProperties.class)),
            new OwnService("metrics-aggregator", List.of(MetricsProperties.class, KafkaProperties.class)),
            new OwnService("trace-assembler", List.of(TraceProperties.class, KafkaProperties.class)),
            new OwnService("alert-router", List.of(AlertProperties.class, KafkaProperties.class)));

    static Optional<OwnService> find(String name) {
        return ALL.stream().filter(service -> service.name.equals(name)).findFirst();
    }

    /** The service that an image is of. */
    static Optional<OwnService> ofImage(String image) {
        return image.startsWith("tributary/")
                ? find(image.substring("tributary/".length()).replaceFirst(":.*", ""))
                : Optional.empty();
    }

    /** What its configuration says where the environment does not. */
    PropertySourcesPropertyResolver defaults() {
        MutablePropertySources sources = new MutablePropertySources();
        Stream.concat(
                        yaml(properties.getFirst(), "application.yml").stream(),
                        yaml(KafkaProperties.class, "tributary-runtime.yml").stream())
                .forEach(sources::addLast);
        return new PropertySourcesPropertyResolver(sources);
    }

    // Each module has a file of that name: the one beside the class is meant.
    private static List<PropertySource<?>> yaml(Class<?> beside, String name) {
        URL module = beside.getProtectionDomain().getCodeSource().getLocation();
        try (var only = new URLClassLoader(new URL[] {module}, null)) {
            return new ArrayList<>(new YamlPropertySourceLoader().load(name, new UrlResource(only.getResource(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
