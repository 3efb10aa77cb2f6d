package org.caravanserai.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.caravanserai.api.Service;
import org.osgi.annotation.versioning.ProviderType;

/** All services by name, and the change from one revision of them to the next. */
@ProviderType
public interface ServiceRegistry {

  /**
   * The place of the service of that name, which stays the same object for ever, whether or not a
   * service is deployed there now. Look it up once and keep it.
   */
  Slot slot(String name);

  /** The deployed services, by name. */
  List<ServiceInfo> services();

  /** The deployed service of that name. */
  Optional<ServiceInfo> service(String name);

  /**
   * Who has called the service of that name lately, the last one first. Of a service with many
   * calls only some are looked at.
   */
  List<RecentCaller> callers(String name);

  /**
   * What the deployed service of that name takes and returns. It is worked out anew each time: keep
   * it for as long as the {@link Slot#current()} revision is the same.
   */
  Optional<ServiceSchemas> schemas(String name);

  /**
   * What the author of the deployed service of that name says of it, and of what it takes and
   * returns. The first to ask for that of a revision waits for it to be read.
   */
  Optional<ServiceDoc> doc(String name);

  /**
   * Makes a revision of a service ready to be called: reads its name and types, makes the instance,
   * aside and within the time limit of the settings, and prepares its readers and writers. It is
   * not called before {@link #swap}.
   *
   * @param type the service's class
   * @param deployment the name of the deployment that it comes from
   * @param revision the number of that deployment's revision
   * @throws RevisionRefusedException if it can't serve
   */
  ServiceRevision prepare(Class<?> type, String deployment, int revision)
      throws RevisionRefusedException;

  /**
   * Makes a revision out of an instance that is there already, such as the entrance of a route. Its
   * input may be {@link Payload}: then it gets what a call brings, as it is. It is not closed with
   * the revision: whoever made it does that.
   *
   * @param name the name of the service; {@code DEPLOYMENT#ENTRANCE} for an entrance that is no
   *     service for others, of which {@code ENTRANCE} may be any text
   * @param instance the service, whose class says its types
   * @param deployment the name of the deployment that it comes from
   * @param revision the number of that deployment's revision
   * @throws RevisionRefusedException if it can't serve
   */
  ServiceRevision prepare(String name, Service<?, ?> instance, String deployment, int revision)
      throws RevisionRefusedException;

  /**
   * Tells a prepared revision that it is about to become current, aside and within the time limit
   * of the settings. It is told of its end when it is retired. Does nothing for services that don't
   * want to know.
   *
   * @throws RevisionRefusedException if it does not want to
   */
  void begin(ServiceRevision revision) throws RevisionRefusedException;

  /**
   * The name of the service that a class is: that of its annotation, or else that of its package
   * and class.
   *
   * @throws RevisionRefusedException if that can't be the name of a service
   */
  String nameOf(Class<?> type) throws RevisionRefusedException;

  /**
   * Makes revisions current, at once for each name: a call that enters after this returns meets the
   * new ones. Calls inside the old ones go on.
   *
   * @param in the revisions to become current, each in the slot of its name
   * @param out current revisions to be taken away; those whose name is in {@code in} are replaced,
   *     the slots of the others become empty
   * @throws IllegalArgumentException if one of {@code in} has been current before; nothing is
   *     changed then
   */
  void swap(Collection<ServiceRevision> in, Collection<ServiceRevision> out);

  /**
   * Waits until nobody is inside a revision that is no longer current (or never was), and closes
   * it.
   *
   * @param timeout how long to wait; then the stacks of the threads inside go to the log, and it is
   *     closed all the same
   * @return completes with {@code true} once it was empty, with {@code false} after the timeout, in
   *     either case after it was closed; on a thread of the registry, which must not be blocked
   */
  CompletionStage<Boolean> retire(ServiceRevision revision, Duration timeout);

  /**
   * Tells of the services that come and go, from now on; not of those that are there already.
   *
   * @param watcher who is told
   */
  Watch watch(ServiceWatcher watcher);

  /**
   * Holds services up while what they are made of is replaced in place: calls that come wait until
   * the service is there again; those inside go on, and may call each other. Those that are held
   * already are left to whoever holds them.
   *
   * @param services their names, of services that are there
   * @param limit how long calls wait, from now on; later ones are refused with status 503
   */
  Hold hold(Collection<String> services, Duration limit);

  /** Services that are held up. */
  @ProviderType
  interface Hold extends AutoCloseable {

    /**
     * Waits until nobody is inside any of them.
     *
     * @return whether that came to be in time
     */
    boolean drain(Duration timeout);

    /** Lets calls in again. Those that wait for a service which is gone are refused. */
    @Override
    void close();
  }

  /** Whom the registry tells of services. */
  @ProviderType
  interface Watch extends AutoCloseable {

    /** Tells of nothing more. */
    @Override
    void close();
  }
}
