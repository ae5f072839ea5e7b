/** The evaluator of rules: its index, and what evaluations cost, beside Prometheus and vmalert with the same load. */
package io.tributary.benchmarks.rules;
