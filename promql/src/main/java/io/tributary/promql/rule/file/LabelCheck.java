package io.tributary.promql.rule.file;

import io.tributary.promql.rule.yaml.Complaints;
import io.tributary.promql.rule.yaml.Place;
import java.util.Map;

/** Checks labels and annotations. */
record LabelCheck(RuleFileOptions options, Complaints complaints) {

    void check(Place place, Map<String, String> labels) {
        labels.forEach((name, value) -> {
            if (!names().isLabel(name)) {
                complaints.add(place, "invalid label name: " + name);
            }
            if (!Names.isText(value)) {
                complaints.add(place, "invalid label value: " + value);
            }
        });
    }

    void checkAnnotations(Place place, Map<String, String> annotations) {
        annotations.keySet().stream()
                .filter(name -> !names().isAnnotation(name))
                .forEach(name -> complaints.add(place, "invalid annotation name: " + name));
    }

    private Names names() {
        return options.legacyNames() ? Names.LEGACY : Names.UTF_8;
    }
}
