/** What becomes of an alert from evaluation to evaluation. */
package io.tributary.promql.rule.alert;
