# shellcheck shell=bash
# A JDK and Maven.

readonly LEAST_JAVA=17

# Prints the major version of a JDK, given its folder ("" for what is on the PATH), or 0.
java_version() {
  local javac=javac version
  [[ -z $1 ]] || javac=$1/bin/javac
  # with JAVA_TOOL_OPTIONS set there is a line about these before
  version=$("$javac" -version 2>&1 | sed -n 's/^javac //p') || version=0
  version=${version%%[!0-9]*}
  echo "${version:-0}"
}

# Prints the folder of the newest JDK that has at least the given version.
find_jdk() {
  local jdk version best=0 found=
  for jdk in /usr/lib/jvm/*; do
    [[ -x $jdk/bin/javac ]] || continue
    version=$(java_version "$jdk")
    if ((version >= $1 && version > best)); then
      best=$version found=$jdk
    fi
  done
  [[ -n $found ]] && echo "$found"
}

require_java() {
  (($(java_version "${JAVA_HOME:-}") < LEAST_JAVA)) || return 0
  JAVA_HOME=$(find_jdk "$LEAST_JAVA") || {
    install_packages default-jdk-headless && JAVA_HOME=$(find_jdk "$LEAST_JAVA")
  } || fail "a JDK of version $LEAST_JAVA or later is needed.
  Debian, Ubuntu: apt-get install default-jdk-headless
  macOS:          brew install openjdk@$LEAST_JAVA
  Windows:        scoop bucket add java; scoop install temurin$LEAST_JAVA-jdk
  or name the folder of another one: export JAVA_HOME=/opt/jdk-$LEAST_JAVA"
  export JAVA_HOME
}

require_maven() {
  command -v mvn >/dev/null || install_packages maven || fail "Maven 3.8 or later is needed.
  Debian, Ubuntu: apt-get install maven
  macOS:          brew install maven
  Windows:        scoop install maven"
}
