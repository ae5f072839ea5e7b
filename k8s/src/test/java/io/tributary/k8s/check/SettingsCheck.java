package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.Container;
import io.tributary.k8s.model.Environment;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Workload;
import io.tributary.runtime.config.KafkaProperties;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Every variable of a service's environment is a documented property of one of our services, and the environment binds
 * to the service's records, which check the values. A service ignores a variable that is misspelt: nobody else tells.
 * Of several copies of a topic, more than one must have a record before it counts as written.
 */
public final class SettingsCheck implements Check {
    /** Properties of Spring Boot's that are set, beside those of our records. */
    private static final Set<String> OF_SPRING =
            Set.of("SERVER_ADDRESS", "SERVER_PORT", "MANAGEMENT_SERVER_ADDRESS", "MANAGEMENT_SERVER_PORT");

    @Override
    public void of(Manifests manifests, Problems problems) {
        manifests
                .workloads()
                .forEach(workload -> workload.containers()
                        .forEach(container -> OwnService.ofImage(container.getImage())
                                .ifPresent(service -> check(service, container, workload, manifests, problems))));
    }

    private static void check(
            OwnService service, Container container, Workload workload, Manifests manifests, Problems problems) {
        Map<String, String> environment = Environment.of(container, workload, manifests);
        environment.keySet().stream()
                .filter(name -> !OF_SPRING.contains(name))
                .filter(name -> service.properties().stream().noneMatch(record -> has(record, name)))
                .forEach(name -> problems.add(workload.resource(), name + " is no property of " + service.name()));
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(environment)));
        Binder binder = new Binder(ConfigurationPropertySources.from(sources));
        for (Class<?> record : service.properties()) {
            try {
                Object bound = binder.bindOrCreate(prefix(record), record);
                if (bound instanceof KafkaProperties kafka) {
                    unknown(kafka)
                            .forEach(name -> problems.add(workload.resource(), name + " is no setting of Kafka's"));
                    if (mayLoseRecords(kafka)) {
                        problems.add(
                                workload.resource(),
                                "topics have several copies, of which one may count as enough (min-in-sync)");
                    }
                }
            } catch (BindException e) {
                problems.add(workload.resource(), rootCause(e).getMessage());
            }
        }
    }

    private static boolean mayLoseRecords(KafkaProperties kafka) {
        return kafka.replication() != null
                && kafka.replication() > 1
                && kafka.minInSyncCopies().orElse(1) == 1;
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    private static Stream<String> unknown(KafkaProperties kafka) {
        Predicate<String> client = name -> AdminClientConfig.configNames().contains(name)
                && ProducerConfig.configNames().contains(name)
                && ConsumerConfig.configNames().contains(name);
        Predicate<String> streams = name -> name.startsWith("consumer.")
                ? ConsumerConfig.configNames().contains(name.substring("consumer.".length()))
                : StreamsConfig.configDef().names().contains(name);
        return Stream.concat(
                kafka.client().keySet().stream().filter(client.negate()),
                kafka.streams().keySet().stream().filter(streams.negate()));
    }

    private static String prefix(Class<?> record) {
        return record.getAnnotation(ConfigurationProperties.class).prefix();
    }

    /** Whether the variable is a property of the record. */
    static boolean has(Class<?> record, String variable) {
        Set<String> names = new TreeSet<>();
        names(prefix(record), record, names);
        return names.stream().anyMatch(name -> name.endsWith("_") ? variable.startsWith(name) : variable.equals(name));
    }

    // Those of maps end in "_", and so do lists' names once more, for their elements.
    private static void names(String prefix, Class<?> record, Set<String> names) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = prefix + "." + component.getName();
            if (component.getType().isRecord()) {
                names(name, component.getType(), names);
                continue;
            }
            String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
            names.add(Map.class.isAssignableFrom(component.getType()) ? variable + "_" : variable);
            if (Iterable.class.isAssignableFrom(component.getType())) {
                names.add(variable + "_");
            }
        }
    }

    /** All properties of all services that any variable may be for. */
    public static boolean isDocumented(String variable) {
        return Arrays.asList("ingest-gateway", "log-indexer", "metrics-aggregator", "trace-assembler", "alert-router")
                .stream()
                .flatMap(name -> OwnService.find(name).stream())
                .flatMap(service -> service.properties().stream())
                .anyMatch(record -> has(record, variable));
    }
}
