/** The commands about PromQL itself: no part of the system needs to run for them. */
package io.tributary.local.promql;
