/** Containers: where a Docker engine answers, the images are made and the system is started of them. */
package io.tributary.it.docker;
