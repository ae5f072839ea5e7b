/** The connectors that the local system's Connect worker runs. */
package io.tributary.local.connector;
