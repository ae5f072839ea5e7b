/** What the engine reads from: any store of series of samples. */
package io.tributary.promql.storage;
