package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.Container;
import io.tributary.k8s.model.Environment;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Mount;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Secrets;
import io.tributary.k8s.model.Workload;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * A Connect worker's two files, with the environment put in: each name is a setting of the worker or of the connector,
 * the connector finds nothing wrong with the values, each variable is one that the container has, and the connector's
 * consumer reads committed records only.
 */
final class ConnectorCheck implements Check {
    /** What the names of settings of the connector's own consumer begin with. */
    private static final String CONSUMER = "consumer.override.";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:(\\w+)}");

    @Override
    public void of(Manifests manifests, Problems problems) {
        manifests
                .workloads()
                .forEach(workload -> workload.containers()
                        .filter(container -> container.getImage().startsWith("tributary/connect:"))
                        .forEach(container -> check(container, workload, manifests, problems)));
    }

    private static void check(Container container, Workload workload, Manifests manifests, Problems problems) {
        Map<String, String> environment = Environment.of(container, workload, manifests);
        List<String> command = container.getCommand();
        Set<String> used = new TreeSet<>();
        Map<String, String> worker = file(command.get(command.size() - 2), workload, manifests);
        Map<String, String> connector = file(command.getLast(), workload, manifests);
        // Connect looks for plugins before it knows of providers.
        if (worker.getOrDefault("plugin.path", "").contains("$")) {
            problems.add(workload.resource(), "plugin.path: " + worker.get("plugin.path") + " is not put in");
        }
        fill(worker, environment, used, workload, problems);
        fill(connector, environment, used, workload, problems);
        environment.keySet().stream()
                .filter(name -> !used.contains(name) && !SettingsCheck.isDocumented(name))
                .forEach(name -> problems.add(workload.resource(), name + " is used by neither file of the worker"));
        worker(worker, workload, problems);
        connector(connector, workload, problems);
        String isolation = connector.getOrDefault(
                CONSUMER + ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                worker.get("consumer." + ConsumerConfig.ISOLATION_LEVEL_CONFIG));
        if (!"read_committed".equals(isolation)) {
            problems.add(
                    workload.resource(),
                    "isolation.level of the consumer: " + isolation
                            + " (expected: read_committed, since the steps before write in transactions)");
        }
    }

    private static Map<String, String> file(String path, Workload workload, Manifests manifests) {
        Properties properties = new Properties();
        Mount.all(workload, manifests, Secrets.known(manifests))
                .filter(mount -> path.startsWith(mount.path() + "/"))
                .flatMap(mount -> mount.files().stream())
                .map(files -> files.getOrDefault(path.substring(path.lastIndexOf('/') + 1), ""))
                .forEach(text -> {
                    try {
                        properties.load(new StringReader(text));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        Map<String, String> file = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> file.put(name, properties.getProperty(name)));
        return file;
    }

    private static void fill(
            Map<String, String> file,
            Map<String, String> environment,
            Set<String> used,
            Workload workload,
            Problems problems) {
        file.replaceAll((name, value) -> VARIABLE.matcher(value).replaceAll(found -> {
            used.add(found.group(1));
            if (!environment.containsKey(found.group(1))) {
                problems.add(workload.resource(), name + ": no variable " + found.group(1));
            }
            return java.util.regex.Matcher.quoteReplacement(environment.getOrDefault(found.group(1), ""));
        }));
    }

    private static void worker(Map<String, String> worker, Workload workload, Problems problems) {
        Set<String> known;
        try {
            known = new StandaloneConfig(worker).values().keySet();
        } catch (ConfigException e) {
            problems.add(workload.resource(), e.getMessage());
            return;
        }
        worker.keySet().stream()
                .filter(name -> !name.startsWith("config.providers."))
                .filter(name -> name.startsWith("consumer.")
                        ? !ConsumerConfig.configNames().contains(name.substring("consumer.".length()))
                        // The worker's own clients take the settings of any client.
                        : !known.contains(name) && !ConsumerConfig.configNames().contains(name))
                .forEach(name -> problems.add(workload.resource(), name + " is no setting of a worker"));
    }

    private static void connector(Map<String, String> connector, Workload workload, Problems problems) {
        try {
            SinkConnector sink = Class.forName(connector.get("connector.class"))
                    .asSubclass(SinkConnector.class)
                    .getDeclaredConstructor()
                    .newInstance();
            sink.validate(connector).configValues().stream()
                    .map(ConfigValue::errorMessages)
                    .flatMap(List::stream)
                    .forEach(message -> problems.add(workload.resource(), message));
            Set<String> known = new TreeSet<>(sink.config().names());
            known.addAll(SinkConnectorConfig.configDef().names());
            connector.keySet().stream()
                    .filter(name -> name.startsWith(CONSUMER)
                            ? !ConsumerConfig.configNames().contains(name.substring(CONSUMER.length()))
                            : !known.contains(name) && !name.startsWith("kafka.client."))
                    .forEach(name -> problems.add(workload.resource(), name + " is no setting of the connector"));
        } catch (ReflectiveOperationException e) {
            problems.add(workload.resource(), connector.get("connector.class") + " is no connector");
        }
    }
}
