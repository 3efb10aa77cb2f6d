package org.caravanserai.pubsub.internal.push;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.caravanserai.broker.Message;
import org.caravanserai.pubsub.internal.file.FileTypes;

/**
 * A folder into which each message is written as one file, {@code MSG_ID.EXTENSION}. A file is
 * there as a whole or not at all, whatever breaks: it is written beside, forced to the disk and
 * renamed. A message that comes again takes the place of its own file.
 */
final class FolderTarget implements PushTarget {

  private static final int LONGEST_NAME = 180;

  private final Path folder;
  private final Executor executor;

  /**
   * A folder, which is made if need be.
   *
   * @param executor runs what waits for the disk
   */
  FolderTarget(Path folder, Executor executor) {
    this.folder = folder;
    this.executor = executor;
  }

  @Override
  public void deliver(PushedMessage message, Consumer<PushOutcome> done) {
    try {
      executor.execute(() -> done.accept(write(message.message())));
    } catch (RejectedExecutionException e) {
      done.accept(new PushOutcome.Postponed("Too many files are being written"));
    }
  }

  private PushOutcome write(Message message) {
    String name = nameOf(message);
    Path half = folder.resolve("." + name + ".part");
    try {
      Files.createDirectories(folder);
      try (FileChannel out =
          FileChannel.open(
              half,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer content = ByteBuffer.wrap(message.data());
        while (content.hasRemaining()) {
          int unused = out.write(content);
        }
        out.force(true);
      }
      Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
      return PushOutcome.DELIVERED;
    } catch (IOException | SecurityException e) {
      return new PushOutcome.Failed("Folder " + folder + ": " + reason(e), 507, message.cid());
    }
  }

  private static String reason(Exception failure) {
    String words = failure.getMessage();
    return failure instanceof NoSuchFileException
        ? "it is not there"
        : failure.getClass().getSimpleName() + (words == null ? "" : " " + words);
  }

  /** The name of a message's file: its id, as far as a name may have it. */
  static String nameOf(Message message) {
    String id = message.id();
    StringBuilder name = new StringBuilder();
    boolean isChanged = id.length() > LONGEST_NAME || id.startsWith(".") || id.isEmpty();
    for (int i = 0; i < Math.min(id.length(), LONGEST_NAME); i++) {
      char letter = id.charAt(i);
      boolean isPlain =
          letter < 128 && (Character.isLetterOrDigit(letter) || "._-".indexOf(letter) >= 0);
      name.append(isPlain ? letter : '_');
      isChanged |= !isPlain;
    }
    if (isChanged) {
      CRC32 sum = new CRC32();
      sum.update(id.getBytes(StandardCharsets.UTF_8));
      name.insert(0, "m").append('-').append(Long.toHexString(sum.getValue()));
    }
    return name.append('.').append(FileTypes.extension(message)).toString();
  }
}
