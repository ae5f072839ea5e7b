/** The service that makes traces and service edges of spans. */
package io.tributary.traces;
