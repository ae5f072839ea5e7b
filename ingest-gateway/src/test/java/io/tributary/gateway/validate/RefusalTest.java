package io.tributary.gateway.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void whatClientsAreToldIsDescribed() throws IOException {
        String page = Files.readString(Path.of("../docs/architecture.md"));
        int begin = page.indexOf("What a gateway refuses");
        String table = page.substring(begin, page.indexOf("What is dropped on purpose", begin));

        assertThat(Refusal.values()).allSatisfy(reason -> assertThat(table).contains('`' + reason.label() + '`'));
    }
}
