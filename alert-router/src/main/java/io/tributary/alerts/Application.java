package io.tributary.alerts;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The alert-router service. */
@SpringBootApplication
public class Application {
    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
