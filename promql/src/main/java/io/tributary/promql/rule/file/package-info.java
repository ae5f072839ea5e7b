/** Rule files, read as Prometheus reads them. */
package io.tributary.promql.rule.file;
