package io.athena.dhcpd.core.config;

import java.util.List;
import java.util.Map;

/**
 * A whole configuration that has passed every check.
 *
 * @param server the {@code [server]} section
 * @param defaults the {@code [defaults]} section
 * @param subnets all subnets in file order
 * @param classes all classes in file order
 * @param leasequery the {@code [leasequery]} section
 * @param sections the sections that feature modules own, by their record class
 */
public record AthenaConfig(
        ServerConfig server,
        OptionScope defaults,
        List<SubnetConfig> subnets,
        List<ClassConfig> classes,
        LeasequeryConfig leasequery,
        Map<Class<?>, Record> sections) {

    /** The section of a feature module. @throws IllegalStateException when the module was not listed at reading */
    public <T extends Record> T section(Class<T> type) {
        Record section = sections.get(type);
        if (section == null) {
            throw new IllegalStateException("no section of type " + type.getSimpleName() + " was read");
        }
        return type.cast(section);
    }
}
