/** How fast Tributary is: hot code by JMH, each stage and the whole under load, beside the limit in the same run. */
package io.tributary.benchmarks;
