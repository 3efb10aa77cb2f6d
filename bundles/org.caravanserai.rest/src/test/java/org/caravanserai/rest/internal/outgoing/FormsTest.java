package org.caravanserai.rest.internal.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestRequest;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.spi.LiveConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forms and uploads. */
class FormsTest {

  private final Stub stub = new Stub();
  private final OutgoingRestKind kind = new OutgoingRestKind(new Handles(), new MetricsComponent());
  private LiveConnection<OutgoingRest, Rest> connection;
  private RestRequest request;

  @BeforeEach
  void open() throws Exception {
    connection = kind.open(Connections.to(stub.url(), "maxRetries", 2));
    request = connection.facade(new TestCaller()).request("POST");
  }

  @AfterEach
  void stop() {
    connection.close();
    kind.deactivate();
    stub.close();
  }

  /** The body as it was seen, with a boundary that is known. */
  private String body() {
    String type = stub.last().header("Content-Type");
    assertThat(type).startsWith("multipart/form-data; boundary=serai-");
    return stub.last().body().replace(type.substring(type.indexOf('=') + 1), "B");
  }

  @Test
  void aFormIsEncodedWhateverTheDataFormatIs() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("none", null);
    fields.put("a b", Arrays.asList("1&2", "ä"));
    request.form(fields).send();
    assertThat(stub.last().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(stub.last().body()).isEqualTo("a+b=1%262&a+b=%C3%A4");
  }

  @Test
  void fieldsAndFilesAreParts() {
    request
        .part("title", "Tür")
        .part("count", 2)
        .part("tags", List.of("a"))
        .file("scan", "ä.txt", "text/plain", "scanned")
        .send();
    assertThat(body())
        .isEqualTo(
            """
            --B
            Content-Disposition: form-data; name="title"

            Tür
            --B
            Content-Disposition: form-data; name="count"

            2
            --B
            Content-Disposition: form-data; name="tags"
            Content-Type: application/json

            ["a"]
            --B
            Content-Disposition: form-data; name="scan"; filename="ä.txt"
            Content-Type: text/plain

            scanned
            --B--
            """
                .replace("\n", "\r\n"));
    assertThat(stub.last().header("Content-Length")).isNotNull();
  }

  @Test
  void aStreamIsSentWhileItIsReadAndThenClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream("much".repeat(50_000).getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    request
        .file("big", "big.bin", "application/octet-stream", stream)
        .file("small", "s", "text/plain", new byte[] {'x'})
        .send();
    assertThat(body())
        .contains("\r\n\r\n" + "much".repeat(50_000) + "\r\n--B\r\n")
        .endsWith("\r\n\r\nx\r\n--B--\r\n");
    assertThat(stub.last().header("Content-Length")).isNull();
    assertThat(closed).isTrue();
  }

  @Test
  void namesCantLeaveTheirHeader() {
    request.file("a\"\r\nX-Evil: 1", "b\"; c=\"d\n", "text/plain", "x").send();
    assertThat(body()).contains("name=\"a%22%0D%0AX-Evil: 1\"; filename=\"b%22; c=%22d%0A\"\r\n");
  }

  @Test
  void bytesCanBeSentAgainButNoStream() {
    stub.answers(503, "text/plain", "");
    request.part("a", "b").repeatable().send();
    assertThat(stub.seen).hasSize(3);
    RestRequest once = connection.facade(new TestCaller()).request("POST").repeatable();
    once.file("a", "b", "text/plain", new ByteArrayInputStream(new byte[1])).send();
    assertThat(stub.seen).hasSize(4);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> request.file("a", "b", "text/plain\r\nX: y", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.file("a", "b", "text/plain", 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a file is text, bytes or a stream");
    InputStream stream = new ByteArrayInputStream(new byte[1]);
    assertThatThrownBy(() -> request.file("a", "b", "text/plain", stream).sendAsync())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.data("x").send())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a request has either data or parts");
    assertThat(stub.seen).isEmpty();
  }
}
