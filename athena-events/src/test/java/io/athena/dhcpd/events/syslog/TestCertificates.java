package io.athena.dhcpd.events.syslog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A receiver that is who it says, for localhost and for another name; made by the JDK's keytool. */
final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** A receiver whose certificate is for a name. */
    SSLContext receiver(String alias, String name) throws IOException, InterruptedException, GeneralSecurityException {
        keytool(alias, name);
        return existing(alias);
    }

    /** The one that was made before. */
    SSLContext existing(String alias) throws IOException, GeneralSecurityException {
        return context(alias, null);
    }

    /** The same; it believes a certificate that was made before, and no other. */
    SSLContext trusting(String alias, String trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(trusted, keys(trusted).getCertificate(trusted));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return context(alias, trust.getTrustManagers());
    }

    private SSLContext context(String alias, TrustManager @Nullable [] trust)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys(alias), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust, null);
        return context;
    }

    /** Its certificate as a PEM file. */
    Path certificate(String alias) throws IOException, GeneralSecurityException {
        return pem(
                alias + ".crt", "CERTIFICATE", keys(alias).getCertificate(alias).getEncoded());
    }

    /** Its private key as a PEM file. */
    Path key(String alias) throws IOException, GeneralSecurityException {
        return pem(
                alias + ".key",
                "PRIVATE KEY",
                keys(alias).getKey(alias, PASSWORD.toCharArray()).getEncoded());
    }

    private KeyStore keys(String alias) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(alias + ".p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void keytool(String alias, String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + name, "-ext", "san=dns:" + name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore"));
        command.add(folder.resolve(alias + ".p12").toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private Path pem(String file, String what, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                folder.resolve(file), "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }
}
