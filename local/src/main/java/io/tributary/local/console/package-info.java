/** What people read: lines, tables, and colour where a terminal shows it. */
package io.tributary.local.console;
