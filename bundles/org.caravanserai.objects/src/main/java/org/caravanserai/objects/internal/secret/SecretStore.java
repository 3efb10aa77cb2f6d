package org.caravanserai.objects.internal.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.caravanserai.objects.internal.disk.Disk;
import org.caravanserai.objects.internal.disk.Replacement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets: encrypted in memory and on disk. Confined to one thread. */
public final class SecretStore {

  private static final Logger LOG = LoggerFactory.getLogger(SecretStore.class);

  private final Path file;
  private final KeySource source;
  private final Replacement replacement;
  private final Map<String, Long> versions = new HashMap<>();
  private MasterKey key;
  private SortedMap<String, byte[]> encrypted;
  private long changes;

  private SecretStore(
      Path file,
      KeySource source,
      Replacement replacement,
      MasterKey key,
      SortedMap<String, byte[]> encrypted) {
    this.file = file;
    this.source = source;
    this.replacement = replacement;
    this.key = key;
    this.encrypted = encrypted;
  }

  /**
   * Opens the store below a folder of data.
   *
   * @param environment the variables that may hold the key
   * @param keyFile the file that holds the key; empty for one of our own, which is made
   * @param replacement how the file is replaced
   * @throws IOException if it can't be read; the message says why
   */
  public static SecretStore open(
      Disk disk,
      Path data,
      Map<String, String> environment,
      Optional<Path> keyFile,
      Replacement replacement)
      throws IOException {
    Path folder = data.resolve("security");
    disk.makeFolder(folder);
    KeySource source = new KeySource(disk, environment, keyFile, folder.resolve("secret.key"));
    Path file = folder.resolve("secrets");
    Optional<byte[]> content = disk.read(file);
    List<MasterKey> keys = source.keys();
    if (content.isEmpty()) {
      return new SecretStore(file, source, replacement, keys.get(0), new TreeMap<>());
    }
    SecretFile found =
        SecretFile.parse(content.get())
            .orElseThrow(() -> new IOException(file + " is damaged: it is no file of secrets"));
    MasterKey key =
        keys.stream()
            .filter(each -> each.id().equals(found.keyId()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "the secrets in %s are encrypted under another key (%s) than this server has"
                            .formatted(file, found.keyId())));
    SecretStore store = new SecretStore(file, source, replacement, key, found.encrypted());
    if (key != keys.get(0)) {
      store.change(keys.get(0));
    }
    return store;
  }

  /**
   * A store that holds nothing and can't be changed, since it could not be opened.
   *
   * @param disk says why
   */
  public static SecretStore unusable(Disk disk, Path data, Replacement replacement) {
    Path file = data.resolve("security").resolve("secrets");
    KeySource source = new KeySource(disk, Map.of(), Optional.empty(), file);
    return new SecretStore(file, source, replacement, MasterKey.random(), new TreeMap<>());
  }

  /** The names of all. */
  public SortedSet<String> names() {
    return new TreeSet<>(encrypted.keySet());
  }

  /**
   * The value of a secret in clear; {@code null} if there is none. One that can't be decrypted is
   * as if it were not there.
   */
  public @Nullable String value(String name) {
    byte[] value = encrypted.get(name);
    try {
      return value == null ? null : key.decrypt(name, value);
    } catch (GeneralSecurityException e) {
      LOG.error("Secret {} is damaged: set it again", name);
      return null;
    }
  }

  /** What changes whenever the value does; 0 if there is none. */
  public long version(String name) {
    return encrypted.containsKey(name) ? versions.getOrDefault(name, 1L) : 0L;
  }

  /**
   * Prepares a change.
   *
   * @param values new values by name
   * @param removed the names of those that go
   */
  public Change change(Map<String, String> values, Collection<String> removed) {
    SortedMap<String, byte[]> next = new TreeMap<>(encrypted);
    next.keySet().removeAll(removed);
    boolean different = next.size() != encrypted.size();
    Map<String, Long> changed = new HashMap<>();
    for (Map.Entry<String, String> each : values.entrySet()) {
      if (!each.getValue().equals(value(each.getKey()))) {
        next.put(each.getKey(), key.encrypt(each.getKey(), each.getValue()));
        changed.put(each.getKey(), 2 + changes++);
        different = true;
      }
    }
    return new Change(next, changed, different);
  }

  /** A change that is not made yet. */
  public final class Change {

    private final SortedMap<String, byte[]> next;
    private final Map<String, Long> changed;
    private final boolean different;

    private Change(SortedMap<String, byte[]> next, Map<String, Long> changed, boolean different) {
      this.next = next;
      this.changed = changed;
      this.different = different;
    }

    /** Whether it changes anything. */
    public boolean isDifferent() {
      return different;
    }

    /** The file's new content. */
    public byte[] bytes() {
      return new SecretFile(key.id(), next).bytes();
    }

    /** Takes it over, after the file has its new content. */
    public void take() {
      encrypted = next;
      versions.putAll(changed);
    }
  }

  /** Where all stand. */
  public Path file() {
    return file;
  }

  /** Makes a change that concerns nothing else. */
  public void apply(Change change) throws IOException {
    if (change.isDifferent()) {
      replacement.replace(Map.of(file, change.bytes()));
      change.take();
    }
  }

  /**
   * Makes a new key and encrypts all under it. Whenever the server ends, the key's file holds the
   * key that the secrets are encrypted under.
   *
   * @throws IllegalStateException if the key is not ours to change; the message says what to do
   */
  public void rotate() throws IOException {
    source
        .fixed()
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
    MasterKey next = MasterKey.random();
    source.write(List.of(next, key));
    change(next);
    source.write(List.of(next));
  }

  private void change(MasterKey next) throws IOException {
    SortedMap<String, byte[]> again = new TreeMap<>();
    for (String name : encrypted.keySet()) {
      String value = value(name);
      if (value != null) {
        again.put(name, next.encrypt(name, value));
      }
    }
    replacement.replace(Map.of(file, new SecretFile(next.id(), again).bytes()));
    key = next;
    encrypted = again;
    LOG.info("All secrets are encrypted under a new key, {}", next.id());
  }
}
