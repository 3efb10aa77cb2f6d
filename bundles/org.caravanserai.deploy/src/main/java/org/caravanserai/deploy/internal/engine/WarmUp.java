package org.caravanserai.deploy.internal.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys a made-up service again and again for trial, in the background and once the server has
 * nothing better to do, so that the first real ones meet a compiler and an engine that the JVM has
 * optimised.
 */
public final class WarmUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** Leaves most of a processor to others. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final DeployOptions TRIAL = new DeployOptions(OptionalInt.empty(), true, false);

  private static final Duration LOOK = Duration.ofMillis(200);

  /** Uses what services use: records, streams, lambdas, switches, resources. */
  private static final byte[] SOURCE =
      """
      package warm.up;

      import java.time.Instant;
      import java.util.*;
      import java.util.stream.Collectors;
      import org.caravanserai.api.*;

      @ServiceName("serai.warm-up")
      public class Orders implements Service<Orders.Request, Map<String, Double>> {
        public record Request(String customer, List<Line> lines) {}
        public enum State { OPEN, CLOSED }
        public record Line(String article, int count, double price, Optional<Instant> since, State state) {}
        sealed interface Result permits Found, Missing {}
        record Found(Line line) implements Result {}
        record Missing(String why) implements Result {}

        private final Map<String, Line> byArticle = new HashMap<>();

        @Override
        public Map<String, Double> handle(Request request, Context context) {
          List<Line> lines = request.lines();
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

  private final DeployEngine engine;
  private final int times;
  private final BooleanSupplier begin;
  private final Thread thread;

  /**
   * Prepares the warm-up.
   *
   * @param times how often to deploy
   * @param begin whether the server has come so far
   */
  // Nothing waits for it; the priority only lets calls and deploys go first.
  @SuppressWarnings("ThreadPriorityCheck")
  public WarmUp(DeployEngine engine, int times, BooleanSupplier begin) {
    this.engine = engine;
    this.times = times;
    this.begin = begin;
    this.thread = new Thread(this::run, "serai-warm-up");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!begin.getAsBoolean()) {
        Thread.sleep(LOOK.toMillis());
      }
      for (int i = 0; i < times; i++) {
        DeployResult result = engine.deploy("serai.warm-up", SOURCE, TRIAL);
        if (!(result instanceof DeployResult.Live)) {
          return;
        }
        Thread.sleep(PAUSE.toMillis());
      }
      LOG.debug("warm");
    } catch (InterruptedException e) {
      LOG.debug("the warm-up ends early");
    } catch (RuntimeException e) {
      LOG.debug("the warm-up ends early", e);
    }
  }

  /** Ends it after the deployment that it is at. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
