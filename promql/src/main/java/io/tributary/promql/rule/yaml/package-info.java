/** Reads YAML as Prometheus's files are read: strictly, with the place of everything, and to the end. */
package io.tributary.promql.rule.yaml;
