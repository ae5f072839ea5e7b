/** From the contract's points to samples: what a point must be, and what of it counts. */
package io.tributary.metrics.point;
