package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.it.system.Command;
import io.tributary.it.system.Tributary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The system while its alert-router has rules, and a receiver to tell. */
final class Alerting implements AutoCloseable {
    private final Tributary tributary;
    private final Command command;

    /** Starts the alert-router with these rules, each as YAML in one line, and a receiver at this address. */
    Alerting(Tributary tributary, Path folder, String receiver, String... rules) throws IOException {
        this.tributary = tributary;
        Path ruleFile = Files.writeString(
                folder.resolve("scenario.rules"),
                "groups:\n- name: scenario\n  interval: 1s\n  rules:\n  - " + String.join("\n  - ", rules) + "\n");
        Path configFile = Files.writeString(folder.resolve("alertmanager.yml"), """
                route: {receiver: scenario, group_by: [alertname], group_wait: 1s, group_interval: 1s}
                receivers: [{name: scenario, webhook_configs: [{url: "%s"}]}]
                """.formatted(receiver));
        Map<String, String> environment = new HashMap<>(tributary.command().environment());
        environment.put("TRIBUTARY_ALERTS_RULEFILES", ruleFile.toString());
        environment.put("TRIBUTARY_ALERTS_CONFIGFILE", configFile.toString());
        command = new Command(tributary.command().program(), environment);
        tributary.part("alert-router").stop();
        up();
    }

    /** Starts what does not run. */
    void up() {
        var up = command.run("up");
        assertThat(up.code()).as("%s", up).isZero();
    }

    /** Starts the alert-router as it was, without rules. */
    @Override
    public void close() {
        tributary.part("alert-router").stop();
        tributary.up();
    }
}
