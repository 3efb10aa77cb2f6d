package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiredObjectsTest {

  private static final String FILE = "/etc/serai.yaml";

  private final List<String> events = TestKind.events();
  private final TestKind<Door> doors = TestKind.doors(events);
  private ObjectKernel kernel;

  @BeforeEach
  void open(@TempDir Path data) throws IOException {
    kernel =
        new ObjectKernel(
            TestStorage.settings(Set.of()), variable -> null, path -> true, TestStorage.open(data));
    kernel.kindCame(new LineKind("line"));
    kernel.kindCame(doors);
    await().until(() -> kernel.reason().isEmpty());
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private void deploy(String yaml) {
    assertThat(kernel.deploy(FILE, yaml.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private void line(String number, boolean required) {
    deploy("line: [{name: crm, number: '" + number + "', required: " + required + "}]\n");
  }

  private void awaitReason(Optional<String> reason) {
    await().untilAsserted(() -> assertThat(kernel.reason()).isEqualTo(reason));
  }

  @Test
  void whatDoesNotAnswerMattersOnlyIfItIsRequired() {
    line("dead", false);
    assertThat(kernel.reason()).isEmpty();
    line("dead", true);
    awaitReason(Optional.of("line/crm is required and is not reached: nobody answers"));
    line("dead", false);
    assertThat(kernel.reason()).isEmpty();
  }

  @Test
  void theServerIsReadyAgainWhenTheSystemAnswers() {
    line("dead", true);
    awaitReason(Optional.of("line/crm is required and is not reached: nobody answers"));
    line("1", true);
    awaitReason(Optional.empty());
    line("dead", true);
    awaitReason(Optional.of("line/crm is required and is not reached: nobody answers"));
  }

  @Test
  void isNotReadyBeforeARequiredObjectIsOpen() {
    line("busy", true);
    awaitReason(Optional.of("line/crm is required and has failed: the line is busy"));
    deploy("door: [{name: gate, place: A, lock: l, required: true}]\n");
    awaitReason(Optional.of("door/gate is required and is waiting: waiting for lock/l"));
    deploy("door: [{name: gate, place: A, required: true}]\n");
    awaitReason(Optional.empty());
  }

  @Test
  void whatIsSwitchedOffIsNotMissed() {
    deploy("line: [{name: crm, number: dead, is_active: false, required: true}]\n");
    assertThat(kernel.reason()).isEmpty();
  }

  @Test
  void anEditOfTheFieldTouchesNoObject() {
    deploy("door: [{name: gate, place: A}]\n");
    deploy("door: [{name: gate, place: A, required: true}]\n");
    awaitReason(Optional.empty());
    assertThat(events).containsExactly("open gate");
  }

  @Test
  void isExportedWhenItIsSet() {
    deploy("line: [{name: crm, number: '1', required: true}, {name: erp, number: '2'}]\n");
    assertThat(kernel.export())
        .isEqualTo(
            """
            line:
              - name: crm
                number: '1'
                required: true
              - name: erp
                number: '2'
            """);
  }
}
