package io.tributary.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The gateway: takes telemetry from clients, and answers yes only when Kafka has it. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {
    /** Starts the gateway. */
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
