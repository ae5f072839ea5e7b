package io.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.system.Result;
import io.tributary.it.system.Search;
import io.tributary.it.system.Sql;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a person sees who runs {@code ./tributary demo} and looks around. */
@ExtendWith(Tributary.Started.class)
class DemoScenarioIT {
    private static final Set<String> SERVICES = Set.of("storefront", "catalog", "cart", "checkout", "payment");

    @Test
    void theShopAndTheMachineAreFoundInEveryStore(Tributary tributary) {
        Result demo = tributary.run("demo", "--duration", "12s", "--rate", "20");
        assertThat(demo.code()).as("%s", demo).isZero();
        assertThat(demo.out())
                .containsPattern("[1-9][0-9]+ visits")
                .contains("spans")
                .doesNotContain(" not\n");
        Search search = new Search(tributary);

        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(wholeTraces(search.refreshed())).isNotEmpty());
        JsonNode trace = wholeTraces(search).getFirst();
        String id = trace.at("/trace/id").asString();
        assertThat(search.find("jaeger-span-*", "traceID", id)).hasSizeGreaterThan(SERVICES.size());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(search.refreshed().find("logs-generic-*", "trace_id", id))
                        .isNotEmpty()
                        .allSatisfy(log -> assertThat(SERVICES)
                                .contains(log.at("/resource/attributes/service.name")
                                        .asString())));

        Sql sql = new Sql(tributary);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sql.tables())
                        .contains("shop_orders_total", "system_memory_usage_bytes", "system_network_io_bytes_total"));
        tributary.balancedLedger();
    }

    @Test
    void whoCallsWhomIsFound(Tributary tributary) {
        Result demo = tributary.run("demo", "--duration", "5s", "--rate", "10", "--seed", "2");
        assertThat(demo.code()).as("%s", demo).isZero();
        Search search = new Search(tributary);

        await().atMost(Duration.ofSeconds(150))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(search.refreshed().all("tributary-service-edges-*").stream()
                                .map(edge -> edge.get("caller").asString() + " > "
                                        + edge.get("callee").asString())
                                .collect(Collectors.toSet()))
                        .contains(
                                "storefront > catalog",
                                "storefront > cart",
                                "storefront > checkout",
                                "cart > catalog",
                                "checkout > payment"));
    }

    /** Traces in which all five services have spans. */
    private static List<JsonNode> wholeTraces(Search search) {
        return search.find("traces-tributary-*", "services", "payment").stream()
                .filter(trace -> StreamSupport.stream(trace.get("services").spliterator(), false)
                        .map(JsonNode::asString)
                        .collect(Collectors.toSet())
                        .containsAll(SERVICES))
                .toList();
    }
}
