package org.caravanserai.deploy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The deployments of the server: the one engine behind the watched folders, the admin API and the
 * shell.
 */
@ProviderType
public interface Deployments {

  /**
   * Makes a source or an archive live, or tells why not; whatever fails, the old revision goes on.
   * Waits until it is durable and serving.
   *
   * @param name the deployment's name: letters (a-z, A-Z), digits, {@code -}, {@code _} and single
   *     dots between them, at most 100 characters
   * @param source a source, UTF-8, or an archive
   * @throws java.io.UncheckedIOException if the revision can't be stored; the old one goes on
   */
  DeployResult deploy(String name, byte[] source, DeployOptions options);

  /**
   * Makes an earlier revision current again, as a new revision with the old source.
   *
   * @param name the deployment's name
   * @param revision the number of the earlier one
   * @param force also if bundles of others are restarted by it
   */
  DeployResult rollback(String name, int revision, boolean force);

  /**
   * Compiles what is live once more, as a new revision: against the highest versions of libraries
   * that there are now.
   *
   * @param name the deployment's name
   */
  DeployResult redeploy(String name);

  /** The shared libraries, by name and version. */
  List<LibraryInfo> libraries();

  /**
   * Takes a deployment and its services away, after their last calls, and removes the file that it
   * comes from. Its revision numbers go on if it comes again.
   *
   * @return whether there was one
   */
  boolean undeploy(String name);

  /** All deployments, by name. */
  List<DeploymentInfo> list();

  /** The deployment of that name. */
  Optional<DeploymentInfo> find(String name);

  /** The revisions of a deployment that are kept, the newest first; empty if there is none. */
  List<RevisionInfo> revisions(String name);

  /**
   * The source of a revision; empty if it is not kept.
   *
   * @throws java.io.UncheckedIOException if it can't be read
   */
  Optional<byte[]> source(String name, int revision);

  /**
   * What is equal on two servers that are to run the same code: a hash over the names of all
   * deployments that have not been taken away and the hashes of their sources.
   */
  String digest();

  /**
   * What the last look at each watched file that is no deployment, such as a {@code serai.yaml} or
   * a library, found wrong.
   */
  List<WatchedFile> files();

  /** The files in the watched folders, for those who edit them. */
  FolderFiles folderFiles();

  /** What the compiler knows of Java sources that are being written. */
  CodeAssist codeAssist();

  /**
   * Tells of what becomes of deployments, from now on.
   *
   * @param follower who is told; in the midst of the work, so it returns at once and never fails
   */
  void follow(Consumer<DeploymentChange> follower);

  /** Tells a follower of nothing more. */
  void leave(Consumer<DeploymentChange> follower);
}
