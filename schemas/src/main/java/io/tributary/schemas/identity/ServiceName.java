package io.tributary.schemas.identity;

import io.tributary.schemas.avro.Resource;

/** The name of the service that a resource describes. OpenTelemetry: resource semantic conventions, "Service". */
public final class ServiceName {
    /** What a service is called that tells no name. */
    public static final String UNKNOWN = "unknown_service";

    private ServiceName() {}

    /** The resource's {@code service.name}, or {@link #UNKNOWN} if it has none or it is not a text. */
    public static String of(Resource resource) {
        return resource.getAttributes().get("service.name") instanceof String name && !name.isEmpty() ? name : UNKNOWN;
    }
}
