package org.caravanserai.cache.redis;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis of the tests' own, on a free port of the loopback interface. It is the program {@code
 * redis-server}, of the package of that name.
 */
public final class Redis implements AutoCloseable {

  /** Brings all times of all entries of caches nearer to their end. */
  private static final String TURN =
      """
      for _, key in ipairs(redis.call('KEYS', '*')) do
        for _, field in ipairs({'r', 'q', 'w', 'p'}) do
          local time = redis.call('HGET', key, field)
          if time and time ~= '' then
            redis.call('HSET', key, field, string.format('%.0f', time - ARGV[1]))
          end
        end
        local left = redis.call('PTTL', key)
        if left >= 0 then
          redis.call('PEXPIRE', key, left - ARGV[1])
        end
      end
      """;

  private final String listener;
  private final int port;
  private final List<String> options;
  private Process process;

  /** Starts it, with further options such as {@code --requirepass}, and their values. */
  public Redis(String... options) {
    this("--port", options);
  }

  private Redis(String listener, String... options) {
    this.listener = listener;
    this.options = List.of(options);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = begin();
  }

  /** One with which connections are encrypted; the options say with what. */
  public static Redis encrypted(String... options) {
    return new Redis("--tls-port", options);
  }

  private Process begin() {
    List<String> command =
        new ArrayList<>(List.of("redis-server", "--port", "0", listener, Integer.toString(port)));
    command.addAll(List.of("--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
    command.addAll(options);
    StringBuilder said = new StringBuilder();
    try {
      Process begun = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader output = begun.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
        if (line.contains("Ready to accept connections")) {
          return begun;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("redis-server, which the tests call, is not installed", e);
    }
    throw new IllegalStateException("Redis does not start: " + said);
  }

  /** Where it is, with its first database. */
  public String url() {
    return "redis://127.0.0.1:" + port + "/0";
  }

  /** Ends it at once; clients meet a closed port. */
  public void stop() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again after {@link #stop}, empty, on the same port. */
  public void start() {
    process = begin();
  }

  /** It takes connections and answers nothing any more. */
  public void freeze() {
    signal("STOP");
  }

  /** It goes on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      String pid = Long.toString(process.pid());
      int status = new ProcessBuilder("kill", "-" + name, pid).start().onExit().join().exitValue();
      if (status != 0) {
        throw new IllegalStateException("kill ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets all. */
  public void clear() {
    ask("FLUSHALL");
  }

  /** Time goes by for the entries of caches. */
  public void turn(Duration by) {
    ask("EVAL", TURN, "0", Long.toString(by.toMillis()));
  }

  /** Asks it something, without a password; parts of an answer are in lines. */
  public String ask(String... words) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        int length = word.getBytes(StandardCharsets.UTF_8).length;
        command.append("$" + length + "\r\n" + word + "\r\n");
      }
      out.write(command.toString().getBytes(StandardCharsets.UTF_8));
      return answer(new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("deprecation") // lines of ASCII
  private static String answer(DataInputStream in) throws IOException {
    String line = in.readLine();
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '-' -> throw new IllegalStateException(rest);
      case '$' -> {
        int length = Integer.parseInt(rest);
        byte[] text = in.readNBytes(Math.max(0, length));
        if (length >= 0) {
          in.readLine();
        }
        return new String(text, StandardCharsets.UTF_8);
      }
      case '*' -> {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(rest); i++) {
          parts.add(answer(in));
        }
        return String.join("\n", parts);
      }
      default -> {
        return rest;
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
