/** The InfluxDB line-protocol sink, for InfluxDB and QuestDB. */
package io.tributary.connect.influx;
