package io.athena.dhcpd.core.store;

import java.nio.file.Path;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;

/** How environments are opened here. */
final class XodusEnvironments {

    /** Never changed for an existing environment: Xodus would misread it. */
    private static final long LOG_FILE_KIB = 4096;

    private static final String READ_ONLY_PROVIDER = "jetbrains.exodus.io.WatchingFileDataReaderWriterProvider";

    private XodusEnvironments() {}

    /** Opens or creates the environment of a folder. */
    static Environment open(Path folder, long cacheBytes, boolean sync) {
        return Environments.newInstance(folder.toString(), config(cacheBytes).setLogDurableWrite(sync));
    }

    /** Opens the environment of a folder without writing a byte; the folder must hold one. */
    static Environment openReadOnly(Path folder, long cacheBytes) {
        // The provider for secondary processes: the usual one writes a lock file even when it only reads.
        return Environments.newInstance(
                folder.toString(),
                config(cacheBytes)
                        .setEnvIsReadonly(true)
                        .setEnvReadonlyEmptyStores(true)
                        .setGcEnabled(false)
                        .setLogDataReaderWriterProvider(READ_ONLY_PROVIDER));
    }

    private static EnvironmentConfig config(long cacheBytes) {
        return new EnvironmentConfig()
                .setLogFileSize(LOG_FILE_KIB)
                .setMemoryUsage(cacheBytes)
                .setLogCacheShared(false)
                .setLogCacheUseSoftReferences(false)
                .setEnvGatherStatistics(false)
                .setEnvCloseForcedly(true)
                .setManagementEnabled(false)
                .setGcMinUtilization(50);
    }
}
