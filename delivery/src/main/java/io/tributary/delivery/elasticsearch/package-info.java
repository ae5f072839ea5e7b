/** The connection to Elasticsearch: addresses, encryption, credentials, templates. */
package io.tributary.delivery.elasticsearch;
