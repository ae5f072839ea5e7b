package io.tributary.alerts.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsARouteAndItsWebhook() throws IOException {
        Routing routing = read("""
                global: {resolve_timeout: 7m}
                route:
                  receiver: hook
                  group_by: [alertname, job]
                  group_wait: 1s
                  group_interval: 2m
                  repeat_interval: 3h
                receivers:
                  - name: hook
                    webhook_configs: [{url: "http://h:1/x?token=a", send_resolved: false, max_alerts: 9}]
                """);
        assertThat(routing.resolveTimeout()).isEqualTo(Duration.ofMinutes(7));
        assertThat(routing.route().groupWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(routing.route().groupInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(routing.route().repeatInterval()).isEqualTo(Duration.ofHours(3));
        assertThat(routing.webhook()).hasValueSatisfying(webhook -> {
            assertThat(webhook.sendResolved()).isFalse();
            assertThat(webhook.maxAlerts()).isEqualTo(9);
            assertThat(webhook).hasToString("webhook receiver hook");
        });
        Map<String, String> labels = Map.of("alertname", "A", "job", "j", "host", "h");
        assertThat(routing.groupOf("default", labels).getGroupKey()).isEqualTo("{}:{alertname=\"A\", job=\"j\"}");
    }

    @Test
    void defaultsAreAlertmanagers() throws IOException {
        Routing routing = read("""
                route: {receiver: nobody, group_by: ['...']}
                receivers: [{name: nobody}]
                """);
        assertThat(routing.webhook()).isEmpty();
        assertThat(routing.resolveTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(routing.route().groupWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(routing.route().groupInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(routing.route().repeatInterval()).isEqualTo(Duration.ofHours(4));
        assertThat(routing.route().groupLabels(Map.of("a", "1", "b", "2"))).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {receivers: [{name: a}]}                                              | route: missing (expected: one route)
            {route: {receiver: a}}                                                | receivers: 0 (expected: one receiver)
            {route: {receiver: b}, receivers: [{name: a}]}                        | route: receiver: b (expected: a receiver of the file: a)
            {route: {receiver: a, routes: []}, receivers: [{name: a}]}            | route: field routes is not supported
            {route: {receiver: a, group_wait: x}, receivers: [{name: a}]}         | route: group_wait: not a valid duration string: "x"
            {route: {receiver: a, group_interval: 0s}, receivers: [{name: a}]}    | route: group_interval: 0 (expected: more than 0)
            {route: {receiver: a, group_by: [a, a]}, receivers: [{name: a}]}      | group_by: [a, a] (expected: each label once)
            {route: {receiver: a, group_by: [..., a]}, receivers: [{name: a}]}    | (expected: '...' alone)
            {route: {receiver: a}, receivers: [{name: a, email_configs: []}]}     | receivers[0]: field email_configs is not supported
            {route: {receiver: a}, receivers: [{name: a}], inhibit_rules: []}     | field inhibit_rules is not supported
            {global: {smtp_from: x}, route: {receiver: a}, receivers: [{name: a}]}| global: field smtp_from is not supported
            {route: {receiver: a}, receivers: [{name: a, webhook_configs: [{}]}]} | url: none (expected: an http or https URL)
            {route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "ftp://h"}]}]} | url: not an http or https URL
            {route: {receiver: a}, receivers: [{name: a}, {name: b}]}             | receivers: 2 (expected: one receiver)
            """)
    void refuses(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(RoutingException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> read("{route: {receiver: b, routes: []}, receivers: [{name: a}], templates: []}"))
                .satisfies(refused -> assertThat(refused.getMessage().lines()).hasSize(3));
    }

    private Routing read(String yaml) throws IOException {
        return RoutingFile.read(Files.writeString(folder.resolve("alertmanager.yml"), yaml));
    }
}
