/** From the text of an expression to its tree, or to what is wrong with it and where. */
package io.tributary.promql.parser;
