// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Regular expressions for lines that a journey expects in the server's log. Without it they fail the journey. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AllowedInLog {

    /** Each is looked for anywhere in a line. A stack trace is allowed if the line before it is. */
    String[] value();
}
