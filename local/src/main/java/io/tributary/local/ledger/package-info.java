/** The ledger's balance: what every stage says it did, laid beside what the topics hold. */
package io.tributary.local.ledger;
