/** What the system is made of: its parts, their ports, and which of them waits for which. */
package io.tributary.local.part;
