/** Tells the ledger what became of the records of a stage. */
package io.tributary.delivery.ledger;
