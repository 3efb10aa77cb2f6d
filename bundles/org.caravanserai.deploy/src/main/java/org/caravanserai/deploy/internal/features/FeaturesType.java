package org.caravanserai.deploy.internal.features;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.spi.Diagnostic;
import org.osgi.framework.BundleContext;

/** Kars and feature repositories: their features are installed by Karaf's features service. */
public final class FeaturesType implements DeployableType {

  private final FeaturesService features;
  private final Path folder;
  private final int maxSize;
  private final InstalledFeatures installed;

  /**
   * Takes them.
   *
   * @param folder where they lie unpacked; the service must look there for bundles
   * @param maxSize how large the files in a kar may be together, in bytes
   */
  public FeaturesType(FeaturesService features, BundleContext context, Path folder, int maxSize) {
    this.features = features;
    this.folder = folder;
    this.maxSize = maxSize;
    this.installed = new InstalledFeatures(features, context);
  }

  @Override
  public List<String> suffixes() {
    return List.of(FeatureFile.KAR, FeatureFile.XML);
  }

  @Override
  public Optional<String> suffixOf(byte[] content) {
    return FeatureFile.suffixOf(content);
  }

  @Override
  public boolean takes(Class<?> type) {
    return false;
  }

  @Override
  public String wanted() {
    return "";
  }

  @Override
  public LiveContent prepare(DeployableContent content) throws ContentRefusedException {
    String fileName = content.fileName();
    FeatureFolder own = FeatureFolder.of(folder, content.deployment(), content.revision());
    boolean done = false;
    try {
      FeatureFile file = FeatureFile.read(fileName, content.text(), maxSize);
      own.unpack(file.files());
      RequestedFeatures asked = asked(file, own);
      List<FeatureFolder> others =
          FeatureFolder.of(folder, content.deployment()).stream()
              .filter(each -> !each.equals(own))
              .toList();
      FeaturesContent made =
          new FeaturesContent(
              this, installed, own, others, asked, affected(fileName, others, asked));
      done = true;
      return made;
    } catch (RejectedException e) {
      throw new ContentRefusedException(Stage.COMPILE, e.diagnostics());
    } catch (IOException e) {
      throw refused(Stage.LINK, fileName, "can't be unpacked: " + e);
    } finally {
      if (!done) {
        own.deleteUnlessAsked();
      }
    }
  }

  private List<AffectedBundle> affected(
      String fileName, List<FeatureFolder> others, RequestedFeatures asked)
      throws ContentRefusedException {
    try {
      return installed.preview(others, asked).stream().map(Disturbed::affected).toList();
    } catch (Exception e) {
      throw refused(Stage.LINK, fileName, "can't be installed: " + e.getMessage());
    }
  }

  private RequestedFeatures asked(FeatureFile file, FeatureFolder own)
      throws ContentRefusedException {
    SortedSet<String> repositories = new TreeSet<>();
    SortedSet<String> requirements = new TreeSet<>();
    for (String each : file.repositories()) {
      repositories.add(own.path().resolve(each).toUri().toString());
    }
    repositories.addAll(file.others());
    for (String each : repositories) {
      for (Feature feature : load(each).getFeatures()) {
        String install = feature.getInstall();
        if (file.installs() && (install == null || install.equals(Feature.DEFAULT_INSTALL_MODE))) {
          requirements.add(InstalledFeatures.requirement(feature));
        }
      }
    }
    return new RequestedFeatures(repositories, requirements);
  }

  private Repository load(String uri) throws ContentRefusedException {
    try {
      return features.createRepository(URI.create(uri));
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw refused(
          Stage.COMPILE,
          uri.substring(uri.lastIndexOf('/') + 1),
          "no feature repository: " + cause.getMessage());
    }
  }

  static ContentRefusedException refused(Stage stage, String fileName, String message) {
    return new ContentRefusedException(
        stage, List.of(Diagnostic.error(fileName, 0, 0, message.replaceAll("\\s+", " ").strip())));
  }
}
