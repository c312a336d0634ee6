# shellcheck shell=bash
# The programs of src/test that run others in processes of their own.

# Builds them, and sets class_path to one that unpacked jars make up, so that they can share it with
# the processes that they start.
# $1: a name for the folder below src/test/target
build_programs() {
  local target=$ROOT/src/test/target
  say "Building; the first time Maven downloads what it needs, which takes some minutes"
  run_forwarding mvn --batch-mode --no-transfer-progress -q -f "$ROOT/pom.xml" -Dmaven.test.skip=true \
    -Dmaven.javadoc.skip=true -Dmaven.source.skip=true -pl src/test -am package || exit
  rm -rf "${target:?}/$1"
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djarmode=tools -jar "$target"/nats-spring-boot-integration-tests-*-programs.jar \
    extract --destination "$target/$1"
  # shellcheck disable=SC2034
  class_path=$(echo "$target/$1"/*.jar)
}
