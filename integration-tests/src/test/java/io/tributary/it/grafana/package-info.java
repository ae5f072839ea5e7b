/** The dashboards and data sources of {@code docker/grafana}, held against what they name. */
package io.tributary.it.grafana;
