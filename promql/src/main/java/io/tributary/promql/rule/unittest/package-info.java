/** Unit tests of rules, in the files that {@code promtool test rules} reads. */
package io.tributary.promql.rule.unittest;
