/** {@code tributary rules}: checks and tests rule files. Needs nothing that runs. */
package io.tributary.local.rules;
