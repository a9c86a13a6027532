// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

/**
 * The place where a sign-in waits.
 *
 * @param rootSession the login session of one browser, known to others only by that browser's cookie
 * @param tabId one tab of it
 * @param execution the step of the flow that waits in this tab
 */
public record Tab(String rootSession, String tabId, String execution) {}
