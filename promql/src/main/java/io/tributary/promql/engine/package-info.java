/** Evaluates expressions over a store. */
package io.tributary.promql.engine;
