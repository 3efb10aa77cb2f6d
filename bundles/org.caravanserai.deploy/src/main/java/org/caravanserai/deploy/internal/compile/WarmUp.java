package org.caravanserai.deploy.internal.compile;

import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles a made-up source again and again in the background, so that the first real ones meet a
 * compiler that the JVM has optimised.
 */
public final class WarmUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** Uses what services use: records, streams, lambdas, switches, resources. */
  static final byte[] SOURCE =
      """
      package warm.up;

      import java.time.Instant;
      import java.util.*;
      import java.util.function.Function;
      import java.util.stream.Collectors;

      public class Orders implements Function<List<Orders.Line>, Map<String, Double>> {
        public enum State { OPEN, CLOSED }
        public record Line(String article, int count, double price, Optional<Instant> since, State state) {}
        sealed interface Result permits Found, Missing {}
        record Found(Line line) implements Result {}
        record Missing(String why) implements Result {}

        private final Map<String, Line> byArticle = new HashMap<>();

        @Override
        public Map<String, Double> apply(List<Line> lines) {
          for (Line line : lines) {
            byArticle.put(line.article(), line);
          }
          return lines.stream()
              .filter(line -> line.state() == State.OPEN && line.count() > 0)
              .collect(Collectors.groupingBy(Line::article, TreeMap::new,
                  Collectors.summingDouble(line -> line.count() * line.price())));
        }

        Result find(String article) throws Exception {
          Line line = byArticle.get(article);
          if (line == null) {
            return new Missing("no " + article + " among " + byArticle.size());
          }
          String text = switch (line.state()) {
            case OPEN -> "open";
            case CLOSED -> "closed";
          };
          try (var scanner = new Scanner(text)) {
            Object first = scanner.hasNext() ? scanner.next() : List.of();
            return first instanceof String word && !word.isBlank() ? new Found(line) : new Missing(text);
          } catch (IllegalStateException | NoSuchElementException e) {
            throw new Exception("can't read " + article, e);
          }
        }
      }
      """
          .getBytes(StandardCharsets.UTF_8);

  private final DeploymentCompiler compiler;
  private final int compilations;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Prepares the warm-up; the compiler must be one that nobody else uses.
   *
   * @param compilations how often to compile
   */
  // Nothing waits for it; the priority only lets calls and deploys go first.
  @SuppressWarnings("ThreadPriorityCheck")
  public WarmUp(DeploymentCompiler compiler, int compilations) {
    this.compiler = compiler;
    this.compilations = compilations;
    this.thread = new Thread(this::run, "serai-compiler-warm-up");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  private void run() {
    long start = System.nanoTime();
    int done = 0;
    try {
      while (done < compilations && !closed) {
        compiler.compile("Orders", SOURCE);
        done++;
      }
    } catch (RejectedException | RuntimeException e) {
      LOG.warn("compiler warm-up ended early: {}", e.getMessage());
    } finally {
      compiler.close();
    }
    LOG.debug("compiler warm after {} ms", (System.nanoTime() - start) / 1_000_000);
  }

  /** Ends it after the compilation that it is at. */
  @Override
  public void close() {
    closed = true;
  }
}
