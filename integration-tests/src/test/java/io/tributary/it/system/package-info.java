/** The system under test, from the outside: the {@code ./tributary} command and the stores' own interfaces. */
package io.tributary.it.system;
