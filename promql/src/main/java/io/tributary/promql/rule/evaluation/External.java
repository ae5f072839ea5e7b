package io.tributary.promql.rule.evaluation;

import io.tributary.promql.label.Labels;
import java.net.URI;

/**
 * How the service is known outside, for templates.
 *
 * @param labels that what it sends gets
 * @param url at which people reach it; may be empty
 */
public record External(Labels labels, URI url) {

    /** Of a service that is not known outside. */
    public static final External NONE = new External(Labels.EMPTY, URI.create(""));
}
