package io.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.it.system.Result;
import io.tributary.it.system.Tributary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The commands, as the top of the README promises them. */
@ExtendWith(Tributary.Started.class)
class CommandScenarioIT {
    private static final long FOUR_GIGABYTES = 4L << 30;

    @Test
    void aSecondUpStartsNothing(Tributary tributary) {
        Set<Long> before = pids(tributary);
        Result up = tributary.run("up");

        assertThat(up.code()).as("%s", up).isZero();
        assertThat(up.out()).contains("nothing to do");
        assertThat(pids(tributary)).isEqualTo(before);
    }

    @Test
    void everyPartIsUpAndFitsIntoFourGigabytes(Tributary tributary) {
        List<JsonNode> parts = tributary.parts();

        assertThat(parts).hasSizeGreaterThanOrEqualTo(10).allSatisfy(part -> {
            assertThat(part.get("state").asString()).isEqualTo("up");
            assertThat(part.get("ports").size()).isPositive();
            assertThat(part.get("since").asString()).isNotEmpty();
        });
        long resident = parts.stream()
                .mapToLong(part -> residentBytes(part.get("pid").asLong()))
                .sum();
        System.out.printf("resident memory of all parts: %d MiB%n", resident >> 20);
        assertThat(resident).isLessThan(FOUR_GIGABYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "logs", "demo", "ledger", "dlq", "connectors", "images", "test"})
    void helpListsEveryCommand(String word, Tributary tributary) {
        Result help = tributary.run("help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).containsPattern("(?m)^ +" + word + "\\b");
    }

    @Test
    void anUnknownWordGetsAUsageLine(Tributary tributary) {
        Result result = tributary.run("dance");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("dance").contains("usage: ./tributary");
    }

    @Test
    void theLedgerIsATableThatEndsWithWhatIsUnexplained(Tributary tributary) {
        tributary.balancedLedger();
        Result ledger = tributary.run("ledger");

        assertThat(ledger.code()).as("%s", ledger).isZero();
        assertThat(ledger.out().lines().findFirst().orElseThrow())
                .startsWith("SIGNAL")
                .contains("UNEXPLAINED");
        assertThat(ledger.out()).endsWith("unexplained 0\n");
        assertThat(ledger.out()).contains("log-indexer", "metrics-aggregator", "trace-assembler", "alert-router");
    }

    private static Set<Long> pids(Tributary tributary) {
        return tributary.parts().stream().map(part -> part.get("pid").asLong()).collect(Collectors.toSet());
    }

    private static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
