package org.caravanserai.deploy.internal.files;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.FileCondition;
import org.caravanserai.deploy.FileRefusedException;
import org.caravanserai.deploy.FileRefusedException.Reason;
import org.caravanserai.deploy.FileText;
import org.caravanserai.deploy.Folder;
import org.caravanserai.deploy.FolderFile;
import org.caravanserai.deploy.FolderFiles;
import org.caravanserai.deploy.SaveResult;
import org.caravanserai.deploy.WatchedFile;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.engine.DeployEngine;
import org.caravanserai.deploy.internal.store.DeploymentName;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.deploy.internal.watch.AtomicFile;
import org.caravanserai.deploy.internal.watch.FolderWatch;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.Diagnostic.Severity;

/** Reads and changes the files of the watched folders. */
public final class EditedFiles implements FolderFiles {

  private static final String JAVA = ".java";

  private final DeployEngine engine;
  private final FolderWatch watch;
  private final DeploymentCompiler compiler;
  private final FolderPaths paths;
  private final Hashes hashes = new Hashes();

  /** Of files that are no deployments one changes at a time; the others wait in the engine. */
  private final ReentrantLock turn = new ReentrantLock();

  /** The files that a watch follows, and an engine deploys. */
  public EditedFiles(DeployEngine engine, FolderWatch watch, DeploymentCompiler compiler) {
    this.engine = engine;
    this.compiler = compiler;
    this.watch = watch;
    this.paths = new FolderPaths(watch.roots());
  }

  /**
   * A file and what it is a part of.
   *
   * @param path its path
   * @param file where it lies
   * @param unit the folder that is one deployment, or the file itself
   * @param deployment the name of the deployment; empty if it is none
   */
  private record Place(String path, Path file, Path unit, Optional<String> deployment) {

    /** Whether it is one of several that are one deployment. */
    boolean isPart() {
      return !unit.equals(file);
    }
  }

  private Place place(String path) throws FileRefusedException {
    return place(path, paths.resolve(path));
  }

  private Place place(String path, Path file) {
    Path unit = watch.unitOf(file);
    return new Place(path, file, unit, watch.deployment(unit));
  }

  @Override
  public List<Folder> folders() {
    return paths.folders();
  }

  @Override
  public List<FolderFile> list() {
    List<FolderFile> all = new ArrayList<>();
    Map<String, Path> files = paths.all();
    files.forEach((path, file) -> describe(place(path, file)).ifPresent(all::add));
    hashes.retain(new HashSet<>(files.values()));
    return all;
  }

  private Optional<FolderFile> describe(Place place) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(place.file(), BasicFileAttributes.class);
    } catch (IOException e) {
      return Optional.empty();
    }
    Optional<String> hash = hashes.of(place.file(), attributes);
    Optional<DeploymentInfo> deployment =
        place.deployment().flatMap(engine::find).filter(each -> comesFrom(each, place.unit()));
    Optional<WatchedFile> outcome = watch.outcome(place.unit());
    Optional<String> state =
        outcome.map(WatchedFile::status).or(() -> deployment.map(DeploymentInfo::status));
    List<Diagnostic> found =
        outcome
            .map(WatchedFile::diagnostics)
            .or(() -> deployment.map(DeploymentInfo::rejected))
            .orElse(List.of());
    return hash.map(
        etag ->
            new FolderFile(
                place.path(),
                type(place),
                !type(place).equals("bundle") && attributes.size() <= watch.maxSize(place.file()),
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                etag,
                place.deployment(),
                state,
                deployment.map(DeploymentInfo::revision).filter(number -> number > 0),
                differs(place, deployment, etag),
                found));
  }

  private static boolean comesFrom(DeploymentInfo deployment, Path unit) {
    return deployment.origin().filter(unit.toString()::equals).isPresent();
  }

  private static boolean differs(Place place, Optional<DeploymentInfo> deployment, String etag) {
    Optional<String> live = deployment.flatMap(DeploymentInfo::sha256);
    if (live.isEmpty()) {
      return false;
    }
    return place.isPart()
        ? deployment.get().source().equals("differs") || !deployment.get().rejected().isEmpty()
        : !live.get().equals(etag);
  }

  private String type(Place place) {
    String name = place.file().getFileName().toString();
    if (name.endsWith(JAVA)) {
      return "java";
    }
    if (name.endsWith(".camel.yaml") || name.endsWith(".camel.xml") || name.contains(".kamelet.")) {
      return "camel";
    }
    if (name.endsWith(".jar") || name.endsWith(".zip") || name.endsWith(".kar")) {
      return "bundle";
    }
    if (place.isPart()) {
      return "other";
    }
    return place.deployment().isPresent() || watch.takes(place.file()) ? "configuration" : "other";
  }

  @Override
  public FileText read(String path) throws FileRefusedException {
    return text(path, paths.resolve(path));
  }

  private FileText text(String path, Path file) throws FileRefusedException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new FileRefusedException(Reason.MISSING, "There is no file " + path);
      }
      if (Files.size(file) > watch.maxSize(file)) {
        throw tooLarge(path, Files.size(file), watch.maxSize(file));
      }
      byte[] content = Files.readAllBytes(file);
      return new FileText(decode(path, content), Sha256.of(content));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  private static String decode(String path, byte[] content) throws FileRefusedException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Told below, with the other form of what is no text.
    }
    throw new FileRefusedException(Reason.NO_TEXT, path + " is no text in UTF-8");
  }

  private static FileRefusedException tooLarge(String path, long size, long limit) {
    return new FileRefusedException(
        Reason.TOO_LARGE, path + " has " + size + " bytes, the limit is " + limit + " bytes");
  }

  /**
   * What a deployment would be made of.
   *
   * @param deployment its name
   * @param source a source, or an archive of sources
   * @param file the path of the source in the archive
   */
  public record Draft(String deployment, byte[] source, String file) {}

  /**
   * What a deployment would be made of if a text were in a file.
   *
   * @throws FileRefusedException if it is no file of a deployment
   * @throws IOException if the other files of the deployment can't be read
   */
  public Draft draft(String path, byte[] text) throws FileRefusedException, IOException {
    Place place = place(path);
    mustBeText(place, text);
    String name =
        place
            .deployment()
            .orElseThrow(
                () -> new FileRefusedException(Reason.CONFLICT, path + " is no Java source"));
    UnitEdit edit = UnitEdit.of(place.unit(), place.file(), FileCondition.ANY, Optional.of(text));
    return new Draft(
        name,
        edit.source(),
        place.unit().relativize(place.file()).toString().replace(File.separatorChar, '/'));
  }

  @Override
  public SaveResult save(
      String path, byte[] text, FileCondition condition, boolean dryRun, boolean force)
      throws FileRefusedException {
    Place place = place(path);
    mustBeText(place, text);
    if (place.deployment().isPresent()) {
      mustBeDeployable(place, Optional.empty());
      DeployOptions options = new DeployOptions(OptionalInt.empty(), dryRun, force);
      UnitEdit edit = UnitEdit.of(place.unit(), place.file(), condition, Optional.of(text));
      if (dryRun && (place.isPart() || type(place).equals("java"))) {
        return compile(place, edit);
      }
      return deploy(place, edit, Sha256.of(text), options, Optional.empty());
    }
    turn.lock();
    try {
      return saveOther(place, text, condition, dryRun);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be written: " + e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }

  private void mustBeText(Place place, byte[] text) throws FileRefusedException {
    String type = type(place);
    if (type.equals("bundle")) {
      throw new FileRefusedException(Reason.NO_TEXT, place.path() + " is no text");
    }
    decode(place.path(), text);
    long limit = watch.maxSize(place.file());
    if (text.length > limit) {
      throw tooLarge(place.path(), text.length, limit);
    }
    if (Files.isDirectory(place.file())) {
      throw new FileRefusedException(Reason.CONFLICT, place.path() + " is a folder");
    }
  }

  /**
   * A name that can be had, and is nobody else's.
   *
   * @param from the deployment that gets this place; empty for the one that has the name
   */
  private void mustBeDeployable(Place place, Optional<String> from) throws FileRefusedException {
    String name = place.deployment().orElseThrow();
    if (!DeploymentName.isValid(name)) {
      throw new FileRefusedException(Reason.PATH, DeploymentName.RULE);
    }
    Optional<Path> other =
        engine.origin(name).filter(each -> !each.equals(place.unit())).filter(Files::exists);
    if (other.isPresent() && from.isEmpty()) {
      throw new FileRefusedException(
          Reason.CONFLICT, "The name " + name + " is taken by " + other.get());
    }
    if (from.isPresent() && !from.get().equals(name) && engine.find(name).isPresent()) {
      throw new FileRefusedException(Reason.CONFLICT, "There is a deployment " + name + " already");
    }
  }

  private SaveResult deploy(
      Place place, UnitEdit edit, String etag, DeployOptions options, Optional<String> replaces)
      throws FileRefusedException {
    String name = place.deployment().orElseThrow();
    boolean isNew = !Files.exists(place.file());
    Optional<DeployResult> result = engine.save(name, edit, options, replaces);
    if (result.isEmpty()) {
      return outdated(place.path(), edit.checked());
    }
    if (result.get() instanceof DeployResult.Live live) {
      boolean differs =
          !options.dryRun()
              && engine.find(name).filter(each -> each.source().equals("differs")).isPresent();
      return new SaveResult.Saved(
          place.path(),
          etag,
          isNew,
          live.status(),
          Optional.of(name),
          Optional.of(live.revision()),
          live.services(),
          differs,
          List.of());
    }
    if (result.get() instanceof DeployResult.Rejected rejected) {
      return new SaveResult.Rejected(rejected.stage(), rejected.diagnostics());
    }
    if (result.get() instanceof DeployResult.Disturbing disturbing) {
      return new SaveResult.Disturbing(disturbing.affected());
    }
    throw new IllegalStateException("no answer of a save: " + result.get());
  }

  /** Whether it compiles: beside the engine, and nothing of it is run. */
  private SaveResult compile(Place place, UnitEdit edit) {
    if (!edit.isCurrent()) {
      return outdated(place.path(), place.file());
    }
    String name = place.deployment().orElseThrow();
    try {
      compiler.check(name, edit.source());
    } catch (RejectedException e) {
      return new SaveResult.Rejected(e.stage().label(), e.diagnostics());
    } catch (IOException e) {
      throw new UncheckedIOException(place.path() + " can't be read: " + e.getMessage(), e);
    }
    return new SaveResult.Saved(
        place.path(),
        Hashes.now(place.file()).orElse(""),
        !Files.exists(place.file()),
        "would-compile",
        place.deployment(),
        engine.find(name).map(DeploymentInfo::revision).filter(number -> number > 0),
        engine.find(name).map(DeploymentInfo::services).orElse(List.of()),
        false,
        List.of());
  }

  private SaveResult outdated(String path, Path file) {
    try {
      return new SaveResult.Outdated(Optional.of(text(path, file)));
    } catch (FileRefusedException e) {
      return new SaveResult.Outdated(Optional.empty());
    }
  }

  private SaveResult saveOther(Place place, byte[] text, FileCondition condition, boolean dryRun)
      throws IOException {
    Path file = place.file();
    if (!condition.holds(Hashes.now(file))) {
      return outdated(place.path(), file);
    }
    boolean isNew = !Files.exists(file);
    boolean isTaken = watch.takes(file);
    List<Diagnostic> found = isTaken ? watch.check(file, text) : List.of();
    if (isWrong(found)) {
      return new SaveResult.Rejected("check", found);
    }
    if (!dryRun) {
      AtomicFile.write(file, text);
      if (isTaken) {
        found = watch.take(file);
      }
    }
    String status = isTaken ? "applied" : "saved";
    return new SaveResult.Saved(
        place.path(),
        Sha256.of(text),
        isNew,
        dryRun ? "would-be-" + status : status,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        found);
  }

  private static boolean isWrong(List<Diagnostic> found) {
    return found.stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }

  @Override
  public SaveResult delete(String path, FileCondition condition) throws FileRefusedException {
    Place place = place(path);
    mustExist(place);
    UnitEdit edit = UnitEdit.of(place.unit(), place.file(), condition, Optional.empty());
    if (place.isPart()) {
      return deploy(place, edit, "", DeployOptions.USUAL, Optional.empty());
    }
    boolean isOwn =
        place
            .deployment()
            .flatMap(engine::find)
            .filter(each -> comesFrom(each, place.unit()))
            .isPresent();
    if (isOwn) {
      return engine.undeploy(place.deployment().orElseThrow(), edit)
          ? gone(place)
          : outdated(path, place.file());
    }
    turn.lock();
    try {
      if (!edit.isCurrent()) {
        return outdated(path, place.file());
      }
      edit.make();
      watch.take(place.file());
      return gone(place);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be deleted: " + e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }

  private static void mustExist(Place place) throws FileRefusedException {
    if (!Files.isRegularFile(place.file())) {
      throw new FileRefusedException(Reason.MISSING, "There is no file " + place.path());
    }
  }

  private static SaveResult gone(Place place) {
    return new SaveResult.Saved(
        place.path(),
        "",
        false,
        "deleted",
        place.deployment(),
        Optional.empty(),
        List.of(),
        false,
        List.of());
  }

  @Override
  public SaveResult rename(String path, String to, FileCondition condition)
      throws FileRefusedException {
    Place from = place(path);
    Place next = place(to);
    mustExist(from);
    if (Files.exists(next.file())) {
      throw new FileRefusedException(Reason.CONFLICT, "There is a file " + to + " already");
    }
    boolean isSameType =
        type(from).equals(type(next))
            && from.deployment().isPresent() == next.deployment().isPresent()
            && (!(from.isPart() || next.isPart()) || from.unit().equals(next.unit()));
    if (!isSameType || type(from).equals("bundle")) {
      throw new FileRefusedException(
          Reason.CONFLICT, to + " would be another type of file, or a part of something else");
    }
    FileText now = read(path);
    if (!condition.holds(Optional.of(now.etag()))) {
      return new SaveResult.Outdated(Optional.of(now));
    }
    FileCondition same = new FileCondition(Optional.of(now.etag()), false);
    byte[] content = now.text().getBytes(StandardCharsets.UTF_8);
    UnitEdit edit = UnitEdit.move(next.unit(), from.file(), next.file(), same, content);
    if (next.isPart()) {
      return deploy(next, edit, now.etag(), DeployOptions.USUAL, Optional.empty());
    }
    Optional<DeploymentInfo> live =
        from.deployment()
            .flatMap(engine::find)
            .filter(each -> comesFrom(each, from.unit()) && each.status().equals("live"));
    if (live.isPresent() && live.get().sha256().equals(Optional.of(now.etag()))) {
      mustBeDeployable(next, from.deployment());
      boolean isOther = !from.deployment().equals(next.deployment());
      return deploy(
          next,
          edit,
          now.etag(),
          DeployOptions.USUAL,
          isOther ? from.deployment() : Optional.empty());
    }
    if (from.deployment().isPresent() && live.isPresent()) {
      throw new FileRefusedException(
          Reason.CONFLICT, path + " differs from what is live: save it first");
    }
    return move(from, next, edit, now.etag());
  }

  /** Moves what is not live, or can be in two places for a moment. */
  private SaveResult move(Place from, Place next, UnitEdit edit, String etag)
      throws FileRefusedException {
    if (next.deployment().isPresent()) {
      mustBeDeployable(next, from.deployment());
    }
    turn.lock();
    try {
      if (!edit.isCurrent()) {
        return outdated(from.path(), from.file());
      }
      edit.make();
      List<Diagnostic> found = watch.take(next.file());
      watch.take(from.file());
      return new SaveResult.Saved(
          next.path(),
          etag,
          true,
          watch.takes(next.file()) ? "applied" : "saved",
          next.deployment(),
          Optional.empty(),
          List.of(),
          false,
          found);
    } catch (IOException e) {
      throw new UncheckedIOException(next.path() + " can't be written: " + e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }
}
