/** Records that no store will ever take, kept for people. */
package io.tributary.delivery.deadletter;
