/** PromQL for the JVM, after Prometheus 3: what parser and engine share. */
package io.tributary.promql;
