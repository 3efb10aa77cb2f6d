package org.caravanserai.cache.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * What Redis does with one entry at once, in Lua.
 *
 * <p>An entry is a hash: {@code t} and {@code v} the value (see {@link RedisStore}), {@code n} its
 * version, {@code h} hits, {@code r} and {@code q} the last read and the one before, {@code w} and
 * {@code p} the last write and the one before, {@code e} how long it is kept (0 for ever), {@code
 * o} 1 if that was said for this key. All times are in milliseconds, by the clock of Redis.
 */
enum RedisScript {
  /** Reads a value; with 1 its time begins anew. Answers type and value, or nothing. */
  READ(
      """
      local known = redis.call('HMGET', KEYS[1], 't', 'v', 'e', 'r')
      if not known[1] then
        return false
      end
      redis.call('HINCRBY', KEYS[1], 'h', 1)
      redis.call('HSET', KEYS[1], 'r', now, 'q', known[4] or '')
      if ARGV[1] == '1' and known[3] ~= '0' then
        redis.call('PEXPIRE', KEYS[1], known[3])
      end
      return {known[1], known[2]}
      """),

  /**
   * Keeps a value: type, value, how long ("" as the cache says), how long usually, 1 if its time
   * begins anew. Answers type and value of the one before, or nothing.
   */
  WRITE(
      """
      local known = redis.call('HMGET', KEYS[1], 't', 'v', 'e', 'o', 'w')
      local time, own, fresh = ARGV[4], '0', true
      if ARGV[3] ~= '' then
        time, own = ARGV[3], '1'
      elseif known[1] then
        own = known[4]
        fresh = ARGV[5] == '1' or known[3] == '0'
        if own == '1' or not fresh then
          time = known[3]
        end
      end
      redis.call('HSET', KEYS[1], 't', ARGV[1], 'v', ARGV[2], 'e', time, 'o', own, 'w', now,
          'p', known[5] or '')
      redis.call('HINCRBY', KEYS[1], 'n', 1)
      if fresh and time ~= '0' then
        redis.call('PEXPIRE', KEYS[1], time)
      elseif fresh then
        redis.call('PERSIST', KEYS[1])
      end
      return known[1] and {known[1], known[2]}
      """),

  /** Deletes a value. Answers type and value, or nothing. */
  REMOVE(
      """
      local known = redis.call('HMGET', KEYS[1], 't', 'v')
      redis.call('UNLINK', KEYS[1])
      return known[1] and known
      """),

  /** Sets how long a value is kept from now on. Answers 1, or 0 if there is none. */
  EXPIRE(
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then
        return 0
      end
      redis.call('HSET', KEYS[1], 'e', ARGV[1], 'o', '1')
      if ARGV[1] == '0' then
        redis.call('PERSIST', KEYS[1])
      else
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
      end
      return 1
      """),

  /** All of an entry: t, v, n, h, r, q, w, p, e, and when its time is up ("" never). */
  ENTRY(
      """
      local known = redis.call('HMGET', KEYS[1], 't', 'v', 'n', 'h', 'r', 'q', 'w', 'p', 'e')
      if not known[1] then
        return false
      end
      local left = redis.call('PTTL', KEYS[1])
      known[10] = left < 0 and '' or string.format('%.0f', now + left)
      return known
      """);

  private final String source;
  private final String hash;

  RedisScript(String text) {
    // Numbers of this size would be written with an exponent.
    source =
        """
        local time = redis.call('TIME')
        local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
        """
            + text;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
      hash = HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs it for a key. */
  Object run(RedisPool redis, byte[] key, Object... inputs) {
    try {
      return redis.ask(command(Command.EVALSHA, hash, key, inputs));
    } catch (JedisNoScriptException e) {
      return redis.ask(command(Command.EVAL, source, key, inputs));
    }
  }

  private static CommandArguments command(
      Command command, String script, byte[] key, Object[] inputs) {
    return new CommandArguments(command).add(script).add(1).add(key).addObjects(inputs);
  }
}
