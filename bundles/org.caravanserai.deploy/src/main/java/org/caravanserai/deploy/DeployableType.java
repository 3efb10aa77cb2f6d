package org.caravanserai.deploy;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A type of deployment that becomes live otherwise than as services, such as Camel routes. Name,
 * source, revisions, file, roll-back and the order of the steps are the engine's, as for services.
 *
 * <p>What a deployment is, its content says: a source has the same type whichever way it comes.
 *
 * <p>Register it as an OSGi service. The engine calls {@link #prepare} one at a time.
 */
@ConsumerType
public interface DeployableType {

  /**
   * How the names of its files end, such as {@code .camel.yaml}; what stands before it is the name
   * of the deployment.
   */
  List<String> suffixes();

  /**
   * Tells whether a source is of this type, by a look at how it begins.
   *
   * @param content the source, which may be an archive: then this answer decides whatever the name
   *     of its file is, unless that is a suffix of a type. A Java source is of no use here
   * @return how the name of a file with it would end; empty if it is not of this type
   */
  Optional<String> suffixOf(byte[] content);

  /** Tells whether a class of a Java deployment is of this type. Services are not asked for. */
  boolean takes(Class<?> type);

  /**
   * What {@link #takes} looks for, in words that go on after "no public class implements Service".
   */
  String wanted();

  /**
   * Makes a revision that could go live at once: reads it, makes everything that it needs and
   * checks it, beside what is live now and without touching that. What can only take the place of
   * that is an {@link InPlaceContent}.
   *
   * @throws ContentRefusedException if it can't go live; nothing of it is left then
   */
  LiveContent prepare(DeployableContent content) throws ContentRefusedException;
}
