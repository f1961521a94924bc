package io.athena.dhcpd.app.wiring;

import io.athena.dhcpd.api.observe.ServiceStatus;
import io.athena.dhcpd.app.Version;
import io.athena.dhcpd.core.meter.Meters;
import java.net.InetSocketAddress;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The Spring context with its web server; the DHCP service neither waits for it nor ends with it. */
public final class WebLayer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private WebLayer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the web server; takes seconds.
     *
     * @param listen where; port 0 takes a free one
     * @throws RuntimeException whatever Spring fails with, for example when the port is taken
     */
    public static WebLayer start(InetSocketAddress listen, Meters meters, ServiceStatus status) {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, KeptLogback.class.getName());
        SpringApplication application = new SpringApplication(ApiWiring.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.setEnvironment(new OwnSettings());
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setLazyInitialization(true);
        application.setAddCommandLineProperties(false);
        application.setDefaultProperties(settings(listen));
        application.addInitializers(started -> {
            started.getBeanFactory().registerSingleton("meters", meters);
            started.getBeanFactory().registerSingleton("serviceStatus", status);
        });
        return new WebLayer(application.run());
    }

    /** The port that is listened on. */
    public int port() {
        return context instanceof WebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : -1;
    }

    @Override
    public void close() {
        context.close();
    }

    /** Loggers can be read only: nobody who asks is known yet, and server.log_level sets the level. */
    private static Map<String, Object> settings(InetSocketAddress listen) {
        return Map.ofEntries(
                Map.entry("server.address", listen.getAddress().getHostAddress()),
                Map.entry("server.port", Integer.toString(listen.getPort())),
                Map.entry("server.shutdown", "immediate"),
                Map.entry("server.netty.connection-timeout", "10s"),
                Map.entry("server.netty.idle-timeout", "30s"),
                Map.entry("spring.config.location", "optional:classpath:/no-such-folder/"),
                Map.entry("management.endpoints.web.exposure.include", "health,info,metrics,prometheus,loggers"),
                Map.entry("management.endpoint.health.show-details", "always"),
                // A status that is in no order counts as unknown; one without an HTTP code of its own is answered with
                // 200.
                Map.entry("management.endpoint.health.status.order", "DOWN,OUT_OF_SERVICE,DEGRADED,UP,UNKNOWN"),
                Map.entry("management.endpoint.loggers.access", "read-only"),
                Map.entry("management.info.env.enabled", "true"),
                Map.entry("management.info.java.enabled", "true"),
                Map.entry("info.version", Version.current()));
    }

    /** No environment variable and no system property of somebody else's can change what the TOML says. */
    private static final class OwnSettings extends StandardEnvironment {
        @Override
        protected void customizePropertySources(MutablePropertySources sources) {}
    }
}
