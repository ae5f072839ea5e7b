/** Native histograms and their arithmetic. */
package io.tributary.promql.histogram;
