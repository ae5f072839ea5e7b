/** Tumbling windows of event time: which instant belongs to which, and when they close. Plain arithmetic. */
package io.tributary.metrics.window;
