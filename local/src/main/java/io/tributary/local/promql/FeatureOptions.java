package io.tributary.local.promql;

import io.tributary.local.command.FeatureFlag;
import io.tributary.promql.Features;
import io.tributary.promql.Features.Feature;
import java.util.List;
import picocli.CommandLine.Option;

/** Which experimental parts of the language are known. */
final class FeatureOptions {

    @Option(
            names = "--disable-feature",
            paramLabel = "NAME",
            split = ",",
            converter = FeatureFlag.class,
            description = "An experimental part of the language, by Prometheus's name for it, that is not known.")
    private List<Feature> disabled = List.of();

    Features of(Features all) {
        return all.without(disabled);
    }
}
