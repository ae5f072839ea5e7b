/** The templates of labels and annotations of alerts: Prometheus's functions and data. */
package io.tributary.promql.template.alert;
