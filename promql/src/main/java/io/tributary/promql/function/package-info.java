/**
 * The functions of the language, each as what it does to one series or to a whole vector, over all steps of a query.
 */
package io.tributary.promql.function;
