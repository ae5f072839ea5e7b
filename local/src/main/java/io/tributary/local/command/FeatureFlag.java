package io.tributary.local.command;

import io.tributary.promql.Features.Feature;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An experimental part of PromQL by Prometheus's name for it, such as {@code promql-duration-expr}. */
public final class FeatureFlag implements ITypeConverter<Feature> {

    @Override
    public Feature convert(String flag) {
        return Arrays.stream(Feature.values())
                .filter(feature -> feature.flag().equals(flag))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + flag + "' (expected: one of "
                        + Arrays.stream(Feature.values()).map(Feature::flag).collect(Collectors.joining(", "))
                        + ")"));
    }
}
