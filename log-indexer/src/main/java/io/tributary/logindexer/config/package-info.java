/** Configuration, health and metrics of the service. */
package io.tributary.logindexer.config;
