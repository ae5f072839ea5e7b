/** The third-party servers that Tributary runs on, as child processes: what each is, how it starts, how it stops. */
package io.tributary.servers;
