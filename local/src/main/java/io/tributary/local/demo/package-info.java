/** Real telemetry to look at: a small shop of five services, and the machine that it runs on. */
package io.tributary.local.demo;
