package io.tributary.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A store that answers Prometheus's API, asked as any user would. */
public final class Prometheus {
    private final Endpoints endpoints;
    private final String port;

    /** The store at the port of this name. */
    public Prometheus(Endpoints endpoints, String port) {
        this.endpoints = endpoints;
        this.port = port;
    }

    /** The elements of the vector that the query gives now. */
    public List<JsonNode> query(String promql) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8));
        return StreamSupport.stream(answer.at("/data/result").spliterator(), false)
                .toList();
    }

    /** The value of the only element of the vector that the query gives now; NaN if there is none. */
    public double value(String promql) {
        List<JsonNode> vector = query(promql);
        assertThat(vector).as(promql).hasSizeLessThan(2);
        return vector.isEmpty()
                ? Double.NaN
                : Double.parseDouble(vector.getFirst().at("/value/1").asString());
    }

    /** The names of all metrics. */
    public Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        get("/api/v1/label/__name__/values").get("data").forEach(name -> names.add(name.asString()));
        return names;
    }

    private JsonNode get(String path) {
        JsonNode answer = Http.get(endpoints.at(port, path));
        assertThat(answer.get("status").asString()).as(path).isEqualTo("success");
        return answer;
    }
}
