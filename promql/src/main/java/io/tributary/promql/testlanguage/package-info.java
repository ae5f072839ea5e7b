/**
 * Prometheus's test language: series written as one line each, and scripts of data, queries and what they must give.
 */
package io.tributary.promql.testlanguage;
