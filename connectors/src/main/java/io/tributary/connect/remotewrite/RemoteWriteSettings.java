package io.tributary.connect.remotewrite;

import io.tributary.connect.sink.SinkSettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Settings of the Prometheus remote-write sink. {@code store.url} is the whole endpoint, with its path. */
public final class RemoteWriteSettings extends SinkSettings {
    /** The label with the tenant. */
    public static final String TENANT_LABEL = "tenant.label";

    /** The settings in these properties. */
    public RemoteWriteSettings(Map<String, String> properties) {
        super(define(), properties);
    }

    /** All settings of the sink. */
    public static ConfigDef define() {
        return withPassword(SinkSettings.definition())
                .define(
                        TENANT_LABEL,
                        ConfigDef.Type.STRING,
                        "tenant",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "The label that tells the tenant of a series; series of the default tenant have none.");
    }
}
