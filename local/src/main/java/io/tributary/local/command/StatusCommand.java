package io.tributary.local.command;

import io.tributary.local.Context;
import io.tributary.local.console.Table;
import io.tributary.local.running.PartStatus;
import io.tributary.local.running.PidFiles;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What every part is doing, as a table or as JSON. */
@Command(name = "status", description = "Tells what every part is doing.")
public final class StatusCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Context context;

    @Option(names = "--json", description = "Prints JSON for machines.")
    private boolean json;

    public StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var pids = new PidFiles(context.home().pids());
        List<PartStatus> statuses = PartStatus.of(context.system().parts(), pids);
        if (json) {
            context.console().line(json(statuses));
        } else {
            table(statuses);
        }
        return 0;
    }

    static String json(List<PartStatus> statuses) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        ArrayNode parts = whole.putArray("parts");
        for (PartStatus status : statuses) {
            ObjectNode part = parts.addObject()
                    .put("name", status.part().name())
                    .put("state", status.state().word())
                    .put("pid", status.process().map(process -> process.pid()).orElse(null));
            ArrayNode ports = part.putArray("ports");
            status.part().server().ports().values().forEach(ports::add);
            part.put(
                    "since",
                    status.process().map(process -> process.since().toString()).orElse(null));
        }
        return whole.toString();
    }

    private void table(List<PartStatus> statuses) {
        var table = new Table().row("part", "state", "pid", "since", "ports");
        for (PartStatus status : statuses) {
            table.row(
                    status.part().name(),
                    status.state().word(),
                    status.process()
                            .map(process -> Long.toString(process.pid()))
                            .orElse("-"),
                    status.process()
                            .map(process -> TIME.format(process.since()))
                            .orElse("-"),
                    status.part().server().ports().entrySet().stream()
                            .map(port -> port.getKey() + " " + port.getValue())
                            .collect(Collectors.joining(", ")));
        }
        context.console().table(table);
    }
}
