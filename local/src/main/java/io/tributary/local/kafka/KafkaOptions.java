package io.tributary.local.kafka;

import io.tributary.local.Context;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Which system a command looks at, in the words of Kafka's own tools. Where no option tells, the environment does, by
 * the variables that the services take; where that is silent too, it is the system of this machine.
 */
public final class KafkaOptions {
    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 3;

    private static final String SERVER = "--bootstrap-server";
    private static final String CONFIG = "--command-config";
    private static final String PREFIX = "--topic-prefix";
    private static final String REGISTRY = "--schema-registry-url";

    /** As the services have it: the rest of the name is the setting's, with {@code _} for {@code .}. */
    private static final String CLIENT_VARIABLE = "TRIBUTARY_KAFKA_CLIENT_";

    private static final String PREFIX_VARIABLE = "TRIBUTARY_KAFKA_TOPICPREFIX";

    private static final Pattern SERVERS = Pattern.compile("[^,\\s]+:[0-9]{1,5}(,[^,\\s]+:[0-9]{1,5})*");
    private static final Pattern URL = Pattern.compile("(https?|mock)://\\S+");

    @Option(
            names = SERVER,
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "A broker of another Kafka than this machine's, or several, separated by commas.")
    private String bootstrapServer;

    @Option(
            names = CONFIG,
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Settings of Kafka's clients, such as security.protocol, as a properties file.")
    private Path commandConfig;

    @Option(
            names = PREFIX,
            paramLabel = "PREFIX",
            scope = ScopeType.INHERIT,
            description = "What the names of the topics begin with: " + Topics.DEFAULT_PREFIX + " unless told.")
    private String topicPrefix;

    @Option(
            names = REGISTRY,
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Another schema registry than this machine's: the base of its Confluent API.")
    private String registryUrl;

    /** What is done with a system; the answer is an exit code. */
    @FunctionalInterface
    public interface Work {
        int on(KafkaTarget target) throws InterruptedException;
    }

    /**
     * Does the work and returns its exit code; or says what is wrong with the options, or with Kafka or the registry.
     */
    public int run(Context context, Work work) throws InterruptedException {
        KafkaTarget target;
        try {
            target = target(context);
        } catch (IllegalArgumentException e) {
            context.console().error(e.getMessage());
            return USAGE;
        }
        try {
            return work.on(target);
        } catch (KafkaException e) {
            context.console().error(target.access().failure(e).getMessage());
            return UNAVAILABLE;
        } catch (RetryableException e) {
            context.console().error(e.getMessage());
            return UNAVAILABLE;
        }
    }

    /**
     * The system that is meant.
     *
     * @throws IllegalArgumentException naming everything that is wrong, a line each
     */
    KafkaTarget target(Context context) {
        Map<String, String> environment = context.environment();
        List<String> problems = new ArrayList<>();
        Map<String, String> settings = fromEnvironment(environment);
        settings.putAll(fromFile(problems));
        String named = settings.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        String servers = first(bootstrapServer, named, context.target().kafka());
        String prefix = first(topicPrefix, environment.get(PREFIX_VARIABLE), Topics.DEFAULT_PREFIX);
        String registry = first(registryUrl, context.target().registry());
        if (!SERVERS.matcher(servers).matches()) {
            problems.add(SERVER + ": " + servers + " (expected: host:port, or several, separated by commas)");
        }
        if (!Topics.isPrefix(prefix)) {
            problems.add(PREFIX + ": " + prefix + " (expected: letters, digits, '.', '_', '-')");
        }
        if (!URL.matcher(registry).matches()) {
            problems.add(REGISTRY + ": " + registry + " (expected: an http or https URL)");
        }
        check(settings, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new KafkaTarget(new KafkaAccess(servers, settings), prefix, registry);
    }

    private static Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(CLIENT_VARIABLE)) {
                settings.put(
                        name.substring(CLIENT_VARIABLE.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        return settings;
    }

    private Map<String, String> fromFile(List<String> problems) {
        Map<String, String> settings = new HashMap<>();
        if (commandConfig == null) {
            return settings;
        }
        // A stream rather than a reader: Kafka's own tools read the same bytes as the same letters.
        try (var file = Files.newInputStream(commandConfig)) {
            var properties = new Properties();
            properties.load(file);
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(CONFIG + ": " + commandConfig + " cannot be read (expected: a properties file)");
        }
        return settings;
    }

    private void check(Map<String, String> settings, List<String> problems) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        try {
            var _ = new AdminClientConfig(all);
        } catch (ConfigException e) {
            String where = commandConfig == null ? CLIENT_VARIABLE + "…" : CONFIG + ": " + commandConfig;
            problems.add(where + ": " + e.getMessage() + " (expected: settings of Kafka's clients)");
        }
    }

    private static String first(String... values) {
        return Stream.of(values).filter(Objects::nonNull).findFirst().orElseThrow();
    }
}
