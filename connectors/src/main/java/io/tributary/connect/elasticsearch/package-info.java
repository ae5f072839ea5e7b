/** The Elasticsearch sink: spans in Jaeger's layout, traces and service edges in layouts of our own. */
package io.tributary.connect.elasticsearch;
