/** PromQL's abstract syntax tree: immutable values that print as the text that parses back to them. */
package io.tributary.promql.ast;
