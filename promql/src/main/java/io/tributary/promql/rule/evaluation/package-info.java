/** Evaluates groups of rules at an instant. */
package io.tributary.promql.rule.evaluation;
