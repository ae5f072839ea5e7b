/** What must hold while parts of the system fail under load: nothing is lost, nothing is there twice. */
package io.tributary.it.fault;
