package org.caravanserai.deploy.internal.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.internal.compile.Archive;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;

/** The types of deployments that there are beside services. */
final class DeployableTypes {

  private static final List<String> JAVA = List.of(".java", ".zip", ".jar");

  private final DeployableType bundles;
  private final List<DeployableType> types = new CopyOnWriteArrayList<>();

  /** Of all types that ever were there: files of one that is gone for now are no others' files. */
  private final Set<String> suffixes = ConcurrentHashMap.newKeySet();

  /**
   * The first of them.
   *
   * @param bundles the type of bundles that are more than services; it is always there
   */
  DeployableTypes(DeployableType bundles) {
    this.bundles = bundles;
    suffixes.addAll(JAVA);
  }

  void add(DeployableType type) {
    suffixes.addAll(type.suffixes());
    types.add(type);
  }

  void remove(DeployableType type) {
    types.remove(type);
  }

  /** The deployment's name if a file of that name is one; empty if it is none. */
  Optional<String> deploymentName(String fileName) {
    return suffixOfFile(fileName)
        .map(suffix -> fileName.substring(0, fileName.length() - suffix.length()));
  }

  /** Whether a file of that name has a source that is none of Java's, nor an archive. */
  boolean isText(String fileName) {
    return suffixOfFile(fileName).filter(suffix -> !JAVA.contains(suffix)).isPresent();
  }

  private Optional<String> suffixOfFile(String fileName) {
    return suffixes.stream()
        .filter(fileName::endsWith)
        .max(Comparator.comparingInt(String::length));
  }

  /**
   * A source, or an archive, of one of these types; empty if it is Java's.
   *
   * @param fileName the name of the file from which it comes, which knows best what it was meant to
   *     be; empty if it comes from none
   */
  Optional<Compiled> text(String deployment, byte[] content, Optional<String> fileName) {
    Optional<String> meant = fileName.flatMap(this::suffixOfFile);
    Optional<String> suffix = meant;
    if (meant.isEmpty() || (JAVA.contains(meant.get()) && Archive.is(content))) {
      suffix = suffixOf(content);
    } else if (JAVA.contains(meant.get())) {
      suffix = Optional.empty();
    }
    return suffix.map(
        each -> {
          SortedMap<String, byte[]> resources = new TreeMap<>();
          resources.put(deployment + each, content);
          return new Compiled(deployment + each, List.of(), new TreeMap<>(), Map.of(), resources);
        });
  }

  private Optional<String> suffixOf(byte[] content) {
    return all().flatMap(type -> type.suffixOf(content).stream()).findFirst();
  }

  /** Whether it is a source of one of these types. */
  static boolean isText(Compiled compiled) {
    return compiled.classes().isEmpty();
  }

  /**
   * The type of a source.
   *
   * @throws RejectedException if it is not there, or the source does not begin as its sources do,
   *     so that it could not be told from others without its file
   */
  DeployableType typeOf(Compiled text) throws RejectedException {
    return find(text)
        .orElseThrow(
            () ->
                new RejectedException(
                    Stage.LINK,
                    Diagnostic.error(
                        text.fileName(), 0, 0, "what takes files of this name is not installed")));
  }

  private Stream<DeployableType> all() {
    return Stream.concat(types.stream(), Stream.of(bundles));
  }

  private Optional<DeployableType> find(Compiled text) {
    return all()
        .filter(type -> suffixLength(type, text.fileName()) > 0)
        .max(Comparator.comparingInt(type -> suffixLength(type, text.fileName())));
  }

  /** Of the longest suffix that fits: that of one type may end with that of another. */
  private static int suffixLength(DeployableType type, String fileName) {
    return type.suffixes().stream()
        .filter(fileName::endsWith)
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  /**
   * Whether it is nothing before a type comes: a source of one, or classes that are no services.
   */
  boolean isWaiting(Compiled compiled) {
    return isText(compiled)
        ? find(compiled).isEmpty()
        : types.isEmpty() && compiled.services().isEmpty();
  }

  /** Whether a source could be told from others without its file's name. */
  static boolean isPlain(DeployableType type, Compiled text) {
    byte[] content = content(text);
    return type.suffixOf(content).filter(text.fileName()::endsWith).isPresent();
  }

  /** The source itself. */
  static byte[] content(Compiled text) {
    return text.resources().getOrDefault(text.fileName(), new byte[0]);
  }

  /** Who takes some of these classes. */
  Optional<DeployableType> typeOf(List<Class<?>> classes) {
    return types.stream().filter(type -> classes.stream().anyMatch(type::takes)).findFirst();
  }

  /** What classes might be, in words. */
  String wanted() {
    return types.stream().map(type -> " or " + type.wanted()).collect(Collectors.joining());
  }
}
