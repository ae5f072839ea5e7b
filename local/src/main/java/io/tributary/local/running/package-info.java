/** The system as it runs: starting it, stopping it, and finding it again from another process. */
package io.tributary.local.running;
