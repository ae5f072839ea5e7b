/** Documents into Elasticsearch, many at once, each with exactly one fate. */
package io.tributary.delivery.bulk;
