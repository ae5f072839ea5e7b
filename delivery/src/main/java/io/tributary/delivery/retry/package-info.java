/** Trying again, later and later. */
package io.tributary.delivery.retry;
