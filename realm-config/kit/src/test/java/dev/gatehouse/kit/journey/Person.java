// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

/** An account as its owner knows it. */
public record Person(String id, String username, String address, String password) {}
