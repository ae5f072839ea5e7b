/** Requests to stores over HTTP, and what their answers mean. */
package io.tributary.connect.wire;
