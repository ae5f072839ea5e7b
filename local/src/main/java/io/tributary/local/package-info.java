/** The whole system on one machine: the {@code ./tributary} command. */
package io.tributary.local;
