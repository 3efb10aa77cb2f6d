package org.caravanserai.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureSecurity;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.runtime.ServiceRegistry;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The bundles as the container sees them. Runs inside of it, in a framework that is not ours, as a
 * stock Karaf has: Pax Exam loads what lies beside the framework without the framework. So
 * revisions are ordinary bundles here.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ContainerIT {

  private static final String MVN = "etc/org.ops4j.pax.url.mvn.cfg";

  @Inject private Deployments deployments;
  @Inject private ServiceRegistry registry;

  private BundleContext context;

  /** The distribution on other ports, with Pax Exam's own bundles from the local repository. */
  @Configuration
  public static Option[] distribution() throws java.io.IOException {
    Path archive = Path.of(System.getProperty("serai.archive")).toAbsolutePath().normalize();
    Path repository = Path.of(System.getProperty("serai.repository"));
    Path work = Server.newFolder();
    int[] ports = Server.freePorts(4);
    return new Option[] {
      karafDistributionConfiguration()
          .frameworkUrl(archive.toUri().toString())
          .karafVersion("4.4.10")
          .useDeployFolder(false)
          .unpackDirectory(new File(work.toFile(), "exam")),
      configureSecurity().disableKarafMBeanServerBuilder(),
      systemTimeout(90_000),
      editConfigurationFilePut(MVN, "org.ops4j.pax.url.mvn.localRepository", repository.toString()),
      editConfigurationFilePut(
          MVN,
          "org.ops4j.pax.url.mvn.defaultRepositories",
          "${karaf.home.uri}${karaf.default.repository}@id=system.repository,"
              + repository.toUri()
              + "@id=local"),
      editConfigurationFilePut(
          "etc/custom.properties",
          "karaf.framework.factory",
          "org.apache.felix.framework.FrameworkFactory"),
      editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", "" + ports[0]),
      editConfigurationFilePut(
          "etc/org.ops4j.pax.web.cfg", "org.osgi.service.http.port", "" + ports[1]),
      editConfigurationFilePut("etc/org.caravanserai.http.cfg", "port", "" + ports[2]),
      editConfigurationFilePut("etc/org.caravanserai.broker.cfg", "port", "" + ports[3]),
    };
  }

  /** A context of ours: Pax Exam's probe was seen without one. */
  @Before
  public void enter() {
    context = FrameworkUtil.getBundle(Deployments.class).getBundleContext();
  }

  /** Pax Exam waits for the services of this class only: other bundles may be starting still. */
  @Test
  public void everyBundleOfOursIsActive() {
    await(() -> inactive().isEmpty());
    assertEquals(List.of(), inactive());
  }

  private List<String> inactive() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().startsWith("org.caravanserai."))
        .filter(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
        .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
        .map(Bundle::getSymbolicName)
        .toList();
  }

  /** Until it is so, half a minute at most: Awaitility is not in the container. */
  private static void await(BooleanSupplier done) {
    for (int tries = 0; tries < 300 && !done.getAsBoolean(); tries++) {
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Test
  public void aDeploymentIsABundleThatIsReplacedBySideBySide() {
    assertEquals(1, deploy("one"));
    Bundle first = theBundle();
    assertEquals("inside.Sample", first.getHeaders().get("Serai-Service"));
    assertEquals(Bundle.ACTIVE, first.getState());
    assertTrue(first.getVersion().toString(), first.getVersion().toString().contains("1"));

    assertEquals(2, deploy("two"));
    await(() -> first.getState() == Bundle.UNINSTALLED);
    assertEquals(Bundle.UNINSTALLED, first.getState());
    assertTrue(theBundle().getBundleId() != first.getBundleId());
    assertEquals(2, registry.service("inside.service").orElseThrow().revision());
  }

  private int deploy(String answer) {
    String source = "package inside;\n" + Sources.constant("inside.service", answer);
    DeployResult result =
        deployments.deploy(
            "Inside",
            source.getBytes(StandardCharsets.UTF_8),
            new DeployOptions(OptionalInt.empty(), false, false));
    assertTrue(result.toString(), result instanceof DeployResult.Live);
    return ((DeployResult.Live) result).revision();
  }

  private Bundle theBundle() {
    List<Bundle> found =
        Arrays.stream(context.getBundles())
            .filter(bundle -> "Inside".equals(bundle.getSymbolicName()))
            .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
            .toList();
    return found.get(found.size() - 1);
  }
}
