package io.tributary.connect.sink;

import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** A connector whose tasks all have the connector's own configuration. */
public abstract class StoreSinkConnector extends SinkConnector {
    private static final String VERSION = "0.1.0";

    private final ConfigDef definition;
    private final Class<? extends Task> task;
    private final Function<Topics, RecordDecoder> decoder;
    private Map<String, String> properties = Map.of();

    /** A connector with these settings and tasks, for the topics that the decoder reads. */
    protected StoreSinkConnector(
            ConfigDef definition, Class<? extends Task> task, Function<Topics, RecordDecoder> decoder) {
        this.definition = definition;
        this.task = task;
        this.decoder = decoder;
    }

    @Override
    public void start(Map<String, String> configuration) {
        properties = Map.copyOf(configuration);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return task;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return definition;
    }

    @Override
    public Config validate(Map<String, String> configuration) {
        // Names of topics need no registry; this one is never called.
        SchemaRegistry none = new SchemaRegistry("mock://validation");
        return SinkSettings.validate(
                definition,
                configuration,
                prefix -> decoder.apply(Topics.of(prefix, none)).topics());
    }

    @Override
    public String version() {
        return VERSION;
    }
}
