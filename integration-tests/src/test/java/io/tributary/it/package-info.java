/** Scenarios: what users do, and what they find. */
package io.tributary.it;
