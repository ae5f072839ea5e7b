/** Five services that call each other over HTTP, each instrumented by an OpenTelemetry SDK of its own. */
package io.tributary.local.demo.shop;
