package io.tributary.local.promql;

import io.tributary.promql.Features;
import io.tributary.promql.Features.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which experimental parts of the language are known. */
final class FeatureOptions {

    @Option(
            names = "--disable-feature",
            paramLabel = "NAME",
            split = ",",
            converter = ByFlag.class,
            description = "An experimental part of the language, by Prometheus's name for it, that is not known.")
    private List<Feature> disabled = List.of();

    Features of(Features all) {
        return all.without(disabled);
    }

    /** Reads a feature as its flag has it. */
    static final class ByFlag implements ITypeConverter<Feature> {
        @Override
        public Feature convert(String flag) {
            return Arrays.stream(Feature.values())
                    .filter(feature -> feature.flag().equals(flag))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(flag + " (expected: one of "
                            + Arrays.stream(Feature.values()).map(Feature::flag).collect(Collectors.joining(", "))
                            + ")"));
        }
    }
}
