package org.caravanserai.deploy.internal.bundle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanserai.deploy.internal.library.Jars;

/** Bundles for tests: a service, and a package that others import. */
final class Counting {

  static final String API = "org.osgi.framework,org.caravanserai.api";

  private Counting() {}

  /** A bundle that exports {@code count.api} in a version, with the service {@code count.next}. */
  static byte[] exporting(String version, String answer) {
    return exporting(version, answer, Map.of());
  }

  static byte[] exporting(String version, String answer, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Export-Package", "count.api;version=" + version);
    headers.put("Import-Package", API);
    headers.put("Serai-Service", "count.api.Next");
    headers.putAll(more);
    return Jars.bundle("count", version, headers, next(answer));
  }

  /** Its class, with a method that others call. */
  static String next(String answer) {
    return """
        package count.api;
        import org.caravanserai.api.*;
        @ServiceName("count.next")
        public class Next implements Service<String, String>, org.osgi.framework.BundleActivator {
          @Override public String handle(String input, Context context) throws Exception {
            if (input.equals("wait")) {
              synchronized (Next.class) { Next.class.wait(500); }
            }
            return word() + new Object() { @Override public String toString() { return " " + input; } };
          }
          public static String word() { return "%s"; }
          @Override public void start(org.osgi.framework.BundleContext context) {
            if (word().equals("bad")) { throw new IllegalStateException("no start"); }
          }
          @Override public void stop(org.osgi.framework.BundleContext context) {}
        }
        """
        .formatted(answer);
  }

  /** A bundle of a service that calls {@code count.api}. */
  static byte[] importing(byte[] exporter) {
    return Jars.bundle(
        "user",
        "1.0.0",
        Map.of(
            "Import-Package", API + ",count.api",
            "Private-Package", "user",
            "Serai-Service", "user.User"),
        """
        package user;
        import org.caravanserai.api.*;
        @ServiceName("user")
        public class User implements Service<String, String> {
          @Override public String handle(String input, Context context) {
            return "user of " + count.api.Next.word();
          }
        }
        """,
        exporter);
  }
}
