package io.tributary.promql.function;

/** What a function does; its kind says how much of the input it needs to see at a time. */
public sealed interface FunctionBody permits RangeFunction, InstantFunction, VectorFunction {}
