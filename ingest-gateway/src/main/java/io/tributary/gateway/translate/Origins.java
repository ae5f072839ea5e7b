package io.tributary.gateway.translate;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;

/** OTLP's resource and scope as those of the data contract; made once for all records that share them. */
final class Origins {
    private Origins() {}

    static Resource resource(io.opentelemetry.proto.resource.v1.Resource resource, String schemaUrl) {
        return new Shared.OneResource(
                AnyValues.of(resource.getAttributesList()),
                Integer.toUnsignedLong(resource.getDroppedAttributesCount()),
                schemaUrl);
    }

    static Scope scope(InstrumentationScope scope, String schemaUrl) {
        return new Shared.OneScope(
                scope.getName(),
                scope.getVersion(),
                AnyValues.of(scope.getAttributesList()),
                Integer.toUnsignedLong(scope.getDroppedAttributesCount()),
                schemaUrl);
    }
}
