package io.tributary.traces;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service that makes traces and service edges of spans. */
@SpringBootApplication
public class Application {
    /** Starts the service and returns when it is up; it runs until the process is told to stop. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
