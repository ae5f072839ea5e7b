/** What an evaluation gives. */
package io.tributary.promql.value;
