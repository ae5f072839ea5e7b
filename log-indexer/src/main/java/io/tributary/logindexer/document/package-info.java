/** Log records as documents: fields in Elastic's OpenTelemetry layout, ids, data streams. */
package io.tributary.logindexer.document;
