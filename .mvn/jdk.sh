# Sourced by ./mvnw and ./pricewire: sets JAVA_HOME to a JDK of at least release 25, looked for in JAVA_HOME, on the
# PATH, and where package managers put JDKs. Returns 1, with advice on standard error, where there is none.

jdk_release() { # jdk_release HOME: prints the feature release of that JDK; nothing where there is no compiler in it
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  wanted=25
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) && on_path=${on_path%/bin/javac}
  for home in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    release=$(jdk_release "$home")
    if [ -n "$release" ] && [ "$release" -ge "$wanted" ]; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  echo "Pricewire needs a JDK of release $wanted or newer, and found none in JAVA_HOME, on the PATH or in /usr/lib/jvm." >&2
  echo "Install one (Eclipse Temurin 25, or your system's package openjdk-25-jdk) and, if it stands elsewhere, set JAVA_HOME." >&2
  return 1
}
