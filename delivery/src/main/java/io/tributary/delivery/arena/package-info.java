/** Memory for what is in flight: few large arrays that are used again and again. */
package io.tributary.delivery.arena;
