/** What a group of rules must remember from one evaluation to the next, as values and as bytes. */
package io.tributary.promql.rule.state;
