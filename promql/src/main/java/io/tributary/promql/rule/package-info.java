/** Recording and alerting rules, as Prometheus has them. */
package io.tributary.promql.rule;
