/**
 * What every Spring Boot service of Tributary shares: how it reaches Kafka, how it starts, and how it says why it does
 * not.
 */
package io.tributary.runtime.config;
