/** Go's text templates: parsing and execution, apart from what functions and data a user of them gives. */
package io.tributary.promql.template;
