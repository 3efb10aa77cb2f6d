package org.caravanserai.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Makes a project's jar anew from its sources and resources, without Maven. */
final class Workshop {

  private final SourceCompiler compiler;
  private final ResourceFolders resources;
  private final JarTemplate template;

  /**
   * Compiles the sources once, to know which classes of the jar are theirs.
   *
   * @param jar what Maven has made of them
   * @throws RefusedException if they do not compile here
   */
  Workshop(SourceCompiler compiler, ResourceFolders resources, Path jar) throws RefusedException {
    this.compiler = compiler;
    this.resources = resources;
    try {
      Path classes = compiler.compile();
      Set<String> made = new TreeSet<>(resources.files().keySet());
      made.add(DocComments.PATH);
      template = new JarTemplate(jar, ServiceClasses.in(classes, compiler.classPath()), made);
    } catch (IOException e) {
      throw new RefusedException("Can't read what Maven has built: " + e.getMessage());
    }
  }

  /**
   * Makes the jar.
   *
   * @throws RefusedException if the sources do not compile
   */
  byte[] jar() throws RefusedException {
    try {
      Path classes = compiler.compile();
      SortedMap<String, Path> files = resources.files();
      Path comments = classes.resolve(DocComments.PATH);
      if (Files.exists(comments)) {
        files.put(DocComments.PATH, comments);
      }
      return template.with(classes, ServiceClasses.in(classes, compiler.classPath()), files);
    } catch (IOException e) {
      throw new RefusedException("Can't make the jar: " + e.getMessage());
    }
  }
}
