/** The PromQL engine: its hot code, and beside Prometheus on the same data. */
package io.tributary.benchmarks.promql;
