/** A look at the dead letters: records that could never be processed, and why. */
package io.tributary.local.dlq;
