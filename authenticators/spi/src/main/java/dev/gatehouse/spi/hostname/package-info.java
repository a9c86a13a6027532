// SPDX-License-Identifier: Apache-2.0
/** Whether links that leave the server may be built: only where no request can choose the host in them. */
@NullMarked
package dev.gatehouse.spi.hostname;

import org.jspecify.annotations.NullMarked;
