# Everything in one image, and the command line:
#
#   docker build -f deploy/standalone.Dockerfile -t pricewire/standalone .
#   docker run --stop-timeout 60 -p 127.0.0.1:8080:8080 -v pricewire:/data pricewire/standalone
#
# It is built as the services are, see Dockerfile.
ARG BUILD_BASE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_BASE=eclipse-temurin:25-jre

# What decides which libraries are needed, apart from the sources, which change more often.
FROM ${BUILD_BASE} AS poms
WORKDIR /source
COPY . .
RUN find . -type f ! -name pom.xml ! -name mvnw ! -path './.mvn/*' -delete

FROM ${BUILD_BASE} AS build
WORKDIR /source
COPY --from=poms /source .
# Without sources this builds nothing; what it has downloaded stays in a layer that a change of sources does not invalidate.
RUN ./mvnw -q -fn -DskipTests -Dmaven.antrun.skip -pl '!bench' package >/dev/null
COPY . .
RUN ./mvnw -q -DskipTests -Dspotless.check.skip -Djacoco.skip -Dmaven.antrun.skip -Dspring-boot.repackage.skip=false \
      -pl '!bench' package

FROM build AS layers
RUN java -Djarmode=tools -jar standalone/target/pricewire.jar \
      extract --layers --application-filename pricewire.jar --destination /layers

FROM ${RUNTIME_BASE}
# Postgres does not run as root, and wants its user to have a name.
RUN useradd --system --uid 10001 --user-group --no-create-home pricewire && \
    install --directory --owner pricewire --group pricewire /app/cache /data /data/csv /data/archive
WORKDIR /app
COPY deploy/java.options deploy/probe ./
COPY --from=layers /layers/dependencies/ /layers/spring-boot-loader/ /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
USER 10001:10001
# Its paths are written down, too, and how large its pointers are: as the heap's size says, and not this machine's.
RUN java @java.options -Xmx1g -XX:AOTCacheOutput=cache/pricewire.aot -Xlog:aot=off -jar /app/pricewire.jar train
# Whoever publishes the port lets others read, and only that.
ENV SERVER_ADDRESS=0.0.0.0 ALLOW_ANONYMOUS=read CSV_DIRECTORY=/data/csv
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s CMD ["/app/probe", "liveness"]
# Kafka's and Postgres' memory counts, too.
ENTRYPOINT ["java", "@/app/java.options", "-XX:MaxRAMPercentage=40", "-XX:AOTCache=/app/cache/pricewire.aot", "-jar", "/app/pricewire.jar"]
