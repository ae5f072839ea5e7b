/** The names of series, and what selects them. */
package io.tributary.promql.label;
