/** Which offsets of a partition may be committed, and the ledger entries that cover them. */
package io.tributary.delivery.offset;
