/** Clients that send telemetry. */
package io.tributary.it.client;
