/** The Kafka that a command looks at: this machine's or another one, open or secured. */
package io.tributary.local.kafka;
