package io.tributary.metrics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The metrics-aggregator service. */
@SpringBootApplication
public class Application {
    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
