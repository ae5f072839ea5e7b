/** The connectors that a Connect worker runs. */
package io.tributary.local.connector;
