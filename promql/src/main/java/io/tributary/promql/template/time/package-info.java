/** Times and lengths of time as templates see them: printed, formatted and computed as in Go. */
package io.tributary.promql.template.time;
