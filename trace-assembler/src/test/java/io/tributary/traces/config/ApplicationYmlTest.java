package io.tributary.traces.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.runtime.config.KafkaProperties;
import io.tributary.traces.stream.BoundedRocksDb;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ApplicationYmlTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(Bound.class);

    @Test
    void storesAreBoundedAndTheServiceListensOnItsPort() {
        runner.run(context -> {
            assertThat(context.getBean(KafkaProperties.class).streams())
                    .containsEntry("rocksdb.config.setter", BoundedRocksDb.class.getName());
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("8104");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({TraceProperties.class, KafkaProperties.class})
    static class Bound {}
}
