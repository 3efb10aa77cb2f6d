package org.caravanserai.deploy.internal.compile;

import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.jspecify.annotations.Nullable;

/** A source as the compiler takes it. */
final class SourceUnit implements ICompilationUnit {

  private final char[] fileName;
  private final char[] text;

  SourceUnit(String fileName, String text) {
    this.fileName = fileName.toCharArray();
    this.text = text.toCharArray();
  }

  @Override
  public char[] getContents() {
    return text;
  }

  @Override
  public char[] getFileName() {
    return fileName;
  }

  /** None: public types may be called what they like, whatever the deployment's name is. */
  @Override
  public char @Nullable [] getMainTypeName() {
    return null;
  }

  @Override
  public ModuleBinding module(LookupEnvironment environment) {
    return environment.UnNamedModule;
  }

  /** None: the package is whatever the source declares. */
  @Override
  public char @Nullable [][] getPackageName() {
    return null;
  }
}
