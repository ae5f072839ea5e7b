/** A store in memory, for tests, the command line, and whoever has the samples at hand. */
package io.tributary.promql.storage.memory;
