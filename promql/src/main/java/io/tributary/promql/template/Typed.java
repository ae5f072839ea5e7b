package io.tributary.promql.template;

/** A value that has a type's name of its own in messages. */
public interface Typed {

    /** The name that the type has in Go. */
    String typeName();
}
