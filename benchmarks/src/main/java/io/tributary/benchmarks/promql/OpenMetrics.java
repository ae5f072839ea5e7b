package io.tributary.benchmarks.promql;

import io.tributary.promql.label.Labels;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes series as OpenMetrics text, which {@code promtool tsdb create-blocks-from} reads. */
final class OpenMetrics {

    private final Fleet fleet;
    private final BufferedWriter out;
    private final StringBuilder line;
    private String family = "";

    OpenMetrics(Fleet fleet, BufferedWriter out, StringBuilder line) {
        this.fleet = fleet;
        this.out = out;
        this.line = line;
    }

    void accept(Fleet.Member member) {
        String name = member.labels().get(Labels.NAME);
        try {
            if (!name.equals(family)) {
                family = name;
                out.append("# TYPE ").append(name).append(" unknown\n");
            }
            line.setLength(0);
            line.append(name).append('{');
            member.labels()
                    .drop(Labels.NAME)
                    .forEach((label, value) ->
                            line.append(label).append("=\"").append(value).append("\","));
            line.setCharAt(line.length() - 1, '}');
            int length = line.length();
            for (int i = 0; i < fleet.samples(); i++) {
                line.setLength(length);
                line.append(' ')
                        .append(Fleet.value(member.shape(), member.seed(), i))
                        .append(' ');
                line.append((fleet.start() + i * fleet.interval()) / 1000).append('\n');
                out.append(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end() throws IOException {
        out.append("# EOF\n");
        out.flush();
    }
}
