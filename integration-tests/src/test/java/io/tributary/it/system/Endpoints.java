package io.tributary.it.system;

import java.net.URI;

/** Where the parts of a running system answer. */
public interface Endpoints {

    /** A part's address; the name is that of its port's variable, such as {@code OTLP_HTTP}. */
    URI at(String port, String path);
}
