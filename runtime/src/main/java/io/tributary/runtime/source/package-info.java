/** Reading the topics that a service's work comes from, and what must be known of it beside the records. */
package io.tributary.runtime.source;
