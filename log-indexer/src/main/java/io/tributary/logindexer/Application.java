package io.tributary.logindexer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The log indexer: log records from Kafka into Elasticsearch's data streams. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {
    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
