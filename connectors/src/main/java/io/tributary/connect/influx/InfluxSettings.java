package io.tributary.connect.influx;

import io.tributary.connect.sink.SinkSettings;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Settings of the InfluxDB line-protocol sink. {@code store.url} is the server's base; {@code /write} is added. */
public final class InfluxSettings extends SinkSettings {
    /** Which store. */
    public static final String STORE_TYPE = "store.type";
    /** Which database. */
    public static final String STORE_DATABASE = "store.database";
    /** Whether bodies are compressed. */
    public static final String STORE_GZIP = "store.gzip";
    /** The label with the tenant. */
    public static final String TENANT_LABEL = "tenant.label";

    /** The settings in these properties. */
    public InfluxSettings(Map<String, String> properties) {
        super(define(), properties);
    }

    /** All settings of the sink. */
    public static ConfigDef define() {
        return withPassword(SinkSettings.definition())
                .define(
                        STORE_TYPE,
                        ConfigDef.Type.STRING,
                        "influxdb",
                        ValidString.in("influxdb", "questdb"),
                        Importance.HIGH,
                        "Which store reads the lines: influxdb (1.x) or questdb. For questdb tables are made"
                                + " beforehand, with deduplication, so that a replay adds nothing.")
                .define(
                        STORE_DATABASE,
                        ConfigDef.Type.STRING,
                        "tributary",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "The database in InfluxDB, which must exist; without meaning for questdb.")
                .define(
                        STORE_GZIP,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether requests are compressed with gzip.")
                .define(
                        TENANT_LABEL,
                        ConfigDef.Type.STRING,
                        "tenant",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "The tag that tells the tenant of a series; series of the default tenant have none.");
    }

    StoreType storeType() {
        return StoreType.valueOf(getString(STORE_TYPE).toUpperCase(Locale.ROOT));
    }
}
