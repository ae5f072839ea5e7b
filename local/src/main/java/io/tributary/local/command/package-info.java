/** What people type: a class for each word. */
package io.tributary.local.command;
