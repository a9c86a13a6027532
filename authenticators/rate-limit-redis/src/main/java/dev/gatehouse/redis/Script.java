// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A Lua script that answers with a whole number. Redis runs it as one: nothing of anybody else comes in between.
 *
 * @param text what Redis runs
 * @param hash what Redis calls it once it knows it
 */
record Script(String text, String hash) {

    static Script of(String text) {
        try {
            // Redis's own name for a script, and no more than that.
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    long run(Connection redis, List<String> keys, List<String> arguments) {
        try {
            return run(redis, Command.EVALSHA, hash, keys, arguments);
        } catch (JedisNoScriptException e) {
            // It was never told, or has forgotten: it restarted, failed over, or somebody flushed its scripts.
            return run(redis, Command.EVAL, text, keys, arguments);
        }
    }

    private static long run(
            Connection redis, Command command, String script, List<String> keys, List<String> arguments) {
        CommandArguments call = new CommandArguments(command).add(script).add(keys.size());
        keys.forEach(call::key);
        arguments.forEach(call::add);
        if (redis.executeCommand(call) instanceof Long answer) {
            return answer;
        }
        throw new JedisDataException("Not a whole number");
    }
}
