package org.caravanserai.deploy.internal.features;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.caravanserai.deploy.internal.compile.Archive;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * A feature repository, or a kar: an archive with feature repositories and the bundles of their
 * features, laid out as a Maven repository, below {@code repository/}.
 *
 * @param files what it holds, by path; a feature repository alone is {@code features.xml}
 * @param repositories the paths of feature repositories in it
 * @param others feature repositories elsewhere that a kar names
 * @param installs whether features are to be installed, and not only be known
 */
record FeatureFile(
    SortedMap<String, byte[]> files,
    List<String> repositories,
    List<String> others,
    boolean installs) {

  /** What the name of a kar ends with. */
  static final String KAR = ".kar";

  /** What the name of a feature repository ends with. */
  static final String XML = ".xml";

  private static final String NAMESPACE = "http://karaf.apache.org/xmlns/features/v";
  private static final String FOLDER = "repository/";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  /** What the name of a file with that content ends with; empty if it is none of these. */
  static Optional<String> suffixOf(byte[] content) {
    if (Archive.is(content)) {
      return isKar(content) ? Optional.of(KAR) : Optional.empty();
    }
    return isRepository(content) ? Optional.of(XML) : Optional.empty();
  }

  private static boolean isKar(byte[] content) {
    try {
      SortedMap<String, byte[]> files = Archive.files("", content, Integer.MAX_VALUE - 8);
      return files.entrySet().stream().anyMatch(FeatureFile::isRepository);
    } catch (RejectedException e) {
      return false;
    }
  }

  private static boolean isRepository(Map.Entry<String, byte[]> file) {
    return file.getKey().startsWith(FOLDER)
        && file.getKey().endsWith(XML)
        && isRepository(file.getValue());
  }

  /** Whether it begins as a feature repository does. */
  private static boolean isRepository(byte[] content) {
    if (content.length == 0 || (content[0] != '<' && content[0] > ' ')) {
      return false;
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
      try {
        reader.nextTag();
        @Nullable String namespace = reader.getNamespaceURI();
        return reader.getLocalName().equals("features")
            && namespace != null
            && namespace.startsWith(NAMESPACE);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      return false;
    }
  }

  /**
   * Takes a file apart.
   *
   * @param maxSize how large the files in it may be together, in bytes
   * @throws RejectedException if it can't be
   */
  static FeatureFile read(String fileName, byte[] content, int maxSize) throws RejectedException {
    if (!Archive.is(content)) {
      if (!isRepository(content)) {
        throw new RejectedException(
            Stage.COMPILE,
            Diagnostic.error(
                fileName,
                1,
                1,
                "no feature repository: does not begin with <features xmlns=\""
                    + NAMESPACE
                    + "1.6.0\">"));
      }
      return new FeatureFile(
          new TreeMap<>(Map.of("features.xml", content)), List.of("features.xml"), List.of(), true);
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    List<String> repositories = new ArrayList<>();
    Attributes manifest = new Attributes();
    for (Map.Entry<String, byte[]> each : Archive.files(fileName, content, maxSize).entrySet()) {
      if (each.getKey().equals(MANIFEST)) {
        manifest = manifest(each.getValue());
      } else if (each.getKey().startsWith(FOLDER)) {
        String path = each.getKey().substring(FOLDER.length());
        files.put(path, each.getValue());
        if (isRepository(each)) {
          repositories.add(path);
        }
      }
    }
    String named = manifest.getValue("Karaf-Feature-Repos");
    List<String> others = named == null ? List.of() : List.of(named.strip().split("\\s+", -1));
    return new FeatureFile(
        files,
        others.isEmpty() ? repositories : List.of(),
        others,
        !"false".equals(manifest.getValue("Karaf-Feature-Start")));
  }

  private static Attributes manifest(byte[] content) {
    try {
      return new Manifest(new ByteArrayInputStream(content)).getMainAttributes();
    } catch (IOException e) {
      return new Attributes();
    }
  }
}
