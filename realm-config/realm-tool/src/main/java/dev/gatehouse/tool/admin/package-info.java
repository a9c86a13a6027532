// SPDX-License-Identifier: Apache-2.0
/**
 * A server's Admin REST API, in JSON trees: typed representations of one version would lose what another one knows.
 * No secret and no body of a request is in any message.
 */
@NullMarked
package dev.gatehouse.tool.admin;

import org.jspecify.annotations.NullMarked;
