package org.caravanserai.itests;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.caravanserai.itests.Load.LostOnPurpose;
import org.caravanserai.itests.RawConnection.Answer;

/**
 * A deployment of several services whose calls take long or move much, and the callers who use
 * them. Each answer names its revision at its begin and at its end, there by a class that is loaded
 * late.
 */
final class BusyServices {

  private static final String[] SERVICES = {
    "quick", "slow", "held", "stream", "stage", "upload", "first", "second"
  };
  private static final int LONG_ANSWER = 4_000_000;
  private static final int CHUNKS = 20;

  private static final String SOURCE =
      """
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      import java.util.concurrent.*;
      import org.caravanserai.api.*;

      @ServiceName("@quick") public class Quick implements Service<Void, String> {
        public String handle(Void none, Context context) { return "REV " + QuickLate.rev(); }
      }
      class QuickLate { static String rev() { return "REV"; } }

      @ServiceName("@slow") public class Slow implements Service<Void, String> {
        public String handle(Void none, Context context) throws Exception {
          String begin = "REV ";
          Pause.of(5_000);
          return begin + SlowLate.rev();
        }
      }
      class SlowLate { static String rev() { return "REV"; } }

      @ServiceName("@held") public class Held implements Service<Void, InputStream> {
        public InputStream handle(Void none, Context context) {
          return new Lines(5_000, 0, () -> HeldLate.rev());
        }
      }
      class HeldLate { static String rev() { return "REV"; } }

      @ServiceName("@stream") public class Stream implements Service<Void, InputStream> {
        public InputStream handle(Void none, Context context) {
          return new Lines(0, LENGTH, () -> StreamLate.rev());
        }
      }
      class StreamLate { static String rev() { return "REV"; } }

      @ServiceName("@stage") public class Stage
          implements Service<Void, CompletionStage<InputStream>> {
        public CompletionStage<InputStream> handle(Void none, Context context) {
          return CompletableFuture.supplyAsync(
              () -> new Lines(100, 0, () -> StageLate.rev()),
              CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS));
        }
      }
      class StageLate { static String rev() { return "REV"; } }

      @ServiceName("@upload") public class Upload implements Service<InputStream, String> {
        public String handle(InputStream input, Context context) throws IOException {
          String begin = "REV ";
          long length = input.transferTo(OutputStream.nullOutputStream());
          return begin + UploadLate.rev() + " " + length;
        }
      }
      class UploadLate { static String rev() { return "REV"; } }

      @ServiceName("@first") public class First implements Service<Void, String> {
        public String handle(Void none, Context context) { return "REV"; }
      }
      @ServiceName("@second") public class Second implements Service<Void, String> {
        public String handle(Void none, Context context) { return "REV"; }
      }

      class Pause {
        static void of(long millis) throws InterruptedException {
          new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        }
      }

      /** The revision, a pause, something long, and the revision once more. */
      class Lines extends InputStream {
        private final long pause;
        private final Callable<String> late;
        private int filler;
        private ByteArrayInputStream now = bytes("REV\\n");
        private boolean ending;

        Lines(long pause, int filler, Callable<String> late) {
          this.pause = pause;
          this.filler = filler;
          this.late = late;
        }

        private static ByteArrayInputStream bytes(String text) {
          return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override public int read(byte[] into, int from, int length) throws IOException {
          int count = now.read(into, from, length);
          if (count > 0 || ending) {
            return count;
          }
          if (filler > 0) {
            now = bytes("x".repeat(Math.min(filler, 10_000)));
            filler -= Math.min(filler, 10_000);
          } else {
            ending = true;
            try {
              Pause.of(pause);
              now = bytes("\\n" + late.call() + "\\n");
            } catch (Exception e) {
              throw new IOException(e);
            }
          }
          return now.read(into, from, length);
        }
      }
      """
          .replace("LENGTH", Integer.toString(LONG_ANSWER));

  private final String prefix;
  private final Timeline timeline = new Timeline();

  /** Services whose names begin so. */
  BusyServices(String prefix) {
    this.prefix = prefix;
  }

  /** The source of one revision. */
  String source(String revision) {
    return SOURCE
        .replace("@ServiceName(\"@", "@ServiceName(\"" + prefix + ".")
        .replace("REV", revision);
  }

  /** A channel for each service. */
  String channels() {
    StringBuilder yaml = new StringBuilder("channel_rest:\n");
    for (String each : SERVICES) {
      yaml.append("  - name: ").append(prefix).append('.').append(each).append('\n');
      yaml.append("    service: ").append(prefix).append('.').append(each).append('\n');
      yaml.append("    url_path: ").append(path(each)).append('\n');
      yaml.append("    data_format: raw\n");
    }
    return yaml.toString();
  }

  /** Where a service is called. */
  String path(String service) {
    return "/" + prefix + "/" + service;
  }

  /** The full name of each service. */
  List<String> names() {
    return Arrays.stream(SERVICES).map(each -> prefix + "." + each).toList();
  }

  Timeline timeline() {
    return timeline;
  }

  /** Callers of all kinds; quick ones as many as wanted. */
  void call(Load load, int quick) {
    load.callers("quick", quick, on -> whole(on, "quick"));
    load.callers("slow", 6, on -> whole(on, "slow"));
    load.callers("held", 4, on -> lines(on, "held"));
    load.callers("stage", 4, on -> lines(on, "stage"));
    load.callers("stream", 4, on -> lines(on, "stream"));
    load.callers("upload", 4, this::upload);
    load.callers("pair", 4, this::pair);
    load.callers("lost", 2, on -> lost(on, "stream"));
    load.callers("lostInside", 1, on -> lost(on, "held"));
    load.callers("lostUpload", 1, this::lostUpload);
  }

  private void whole(RawConnection on, String service) throws IOException {
    int oldest = timeline.oldest();
    check(on.get(path(service)), "", oldest);
  }

  private void check(Answer answer, String end, int oldest) {
    String revision = answer.body().split(" ", 2)[0];
    expect(answer.status() == 200, answer);
    expect(answer.body().equals(revision + " " + revision + end), answer);
    timeline.placeOf(revision, oldest);
  }

  private void lines(RawConnection on, String service) throws IOException {
    int oldest = timeline.oldest();
    on.open("GET", path(service));
    AnswerBody body = on.head();
    expect(body.status() == 200, body.status());
    String begin = body.line();
    timeline.placeOf(begin, oldest);
    Reader reader = new Reader(body);
    reader.readSlowly();
    expect(reader.end().equals("\n" + begin + "\n"), begin + "..." + reader.end());
    expect(
        reader.count() == begin.length() + 2 + ("stream".equals(service) ? LONG_ANSWER : 0),
        reader.count());
  }

  private void upload(RawConnection on) throws IOException {
    int oldest = timeline.oldest();
    on.open("POST", path("upload"), "Transfer-Encoding: chunked");
    for (int i = 0; i < CHUNKS; i++) {
      on.chunk("0123456789".repeat(1000));
      Reader.pause(100);
    }
    on.endOfChunks();
    check(on.answer(), " " + CHUNKS * 10_000, oldest);
  }

  /** Whoever has met a revision of one service never meets an older one of the other. */
  private void pair(RawConnection on) throws IOException {
    int oldest = timeline.oldest();
    Answer first = on.get(path("first"));
    expect(first.status() == 200, first);
    int place = timeline.placeOf(first.body(), oldest);
    Answer second = on.get(path("second"));
    expect(second.status() == 200, second);
    timeline.placeOf(second.body(), place);
  }

  private void lost(RawConnection on, String service) throws IOException {
    on.open("GET", path(service));
    expect(on.head().line().startsWith("rev"), "no revision");
    on.abort();
    throw new LostOnPurpose();
  }

  private void lostUpload(RawConnection on) throws IOException {
    on.open("POST", path("upload"), "Transfer-Encoding: chunked");
    on.chunk("0123456789".repeat(1000));
    Reader.pause(200);
    on.abort();
    throw new LostOnPurpose();
  }

  private static void expect(boolean right, Object met) {
    if (!right) {
      throw new AssertionError("not as expected: " + met);
    }
  }
}
