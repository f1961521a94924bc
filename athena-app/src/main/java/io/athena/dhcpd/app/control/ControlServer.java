package io.athena.dhcpd.app.control;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.enxio.channels.NativeSelectorProvider;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the control socket. The socket is made under another name, given mode 0600 and then moved into place, so
 * that nobody ever finds it open to more; beyond that the kernel's word on who connects is taken: root and the
 * server's own user are served, others are shut out. The protocol is that of {@link ControlFrames}.
 */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private static final int MAX_CLIENTS = 8;
    private static final long IDLE_SECONDS = 30;

    private final Path path;
    private final ControlService service;
    private final UnixServerSocketChannel listener;
    private final Selector selector;
    private final int ownUid;
    private final ControlFrames frames = new ControlFrames();
    private final Semaphore places = new Semaphore(MAX_CLIENTS);
    private final Set<UnixSocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean closed;

    private ControlServer(
            Path path, ControlService service, UnixServerSocketChannel listener, Selector selector, int ownUid) {
        this.path = path;
        this.service = service;
        this.listener = listener;
        this.selector = selector;
        this.ownUid = ownUid;
    }

    /**
     * Starts listening; a socket file that a dead server left behind is replaced.
     *
     * @throws IOException when another server answers there, or the socket cannot be made
     */
    public static ControlServer open(Path path, ControlService service) throws IOException {
        ControlClient other = ControlClient.connect(path);
        if (other != null) {
            other.close();
            throw new IOException("another server answers on " + path);
        }
        Path made = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(made);
        UnixServerSocketChannel listener = UnixServerSocketChannel.open();
        try {
            listener.socket().bind(new UnixSocketAddress(made.toString()));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            int ownUid = (Integer) Files.getAttribute(made, "unix:uid");
            listener.configureBlocking(false);
            Selector selector = NativeSelectorProvider.getInstance().openSelector();
            listener.register(selector, SelectionKey.OP_ACCEPT);
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
            ControlServer server = new ControlServer(path, service, listener, selector, ownUid);
            server.daemon("athena-control", server::accept);
            return server;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    private void accept() {
        try {
            while (!closed) {
                selector.select();
                selector.selectedKeys().clear();
                UnixSocketChannel client = closed ? null : listener.accept();
                if (client != null) {
                    admit(client);
                }
            }
        } catch (IOException e) {
            if (!closed) {
                LOG.error("The control socket {} has failed; the command line cannot reach this server", path, e);
            }
        }
    }

    private void admit(UnixSocketChannel client) {
        if (!places.tryAcquire()) {
            LOG.warn("More than {} clients on the control socket; one was turned away", MAX_CLIENTS);
            shut(client);
            return;
        }
        clients.add(client);
        daemon("athena-control-" + served.incrementAndGet(), () -> {
            try {
                serve(client);
            } finally {
                clients.remove(client);
                shut(client);
                places.release();
            }
        });
    }

    private void serve(UnixSocketChannel client) {
        try {
            client.configureBlocking(true);
            ControlFrames.limitWaits(client, IDLE_SECONDS);
            int uid = client.getOption(UnixSocketOptions.SO_PEERCRED).getUid();
            if (uid != 0 && uid != ownUid) {
                LOG.warn("User {} tried the control socket, which is for root and user {} only", uid, ownUid);
                return;
            }
            converse(client, nameOf(uid));
        } catch (IOException e) {
            LOG.debug("A client of the control socket was lost: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only two users get here: root, and the one that this process runs as. */
    private String nameOf(int uid) {
        return uid == 0 ? "root" : ProcessHandle.current().info().user().orElse(String.valueOf(uid));
    }

    private void converse(UnixSocketChannel client, String user) throws IOException, InterruptedException {
        while (!closed) {
            try {
                ControlRequest request = frames.read(client, ControlRequest.class);
                if (request == null) {
                    return;
                }
                frames.write(client, (Record) service.answer(request, user));
            } catch (ControlFrames.MalformedFrameException e) {
                frames.write(client, new ControlReply.Refused(String.valueOf(e.getMessage())));
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            selector.wakeup();
            Files.deleteIfExists(path);
            listener.close();
        } catch (IOException e) {
            LOG.warn("The control socket {} could not be taken down: {}", path, e.getMessage());
        }
        clients.forEach(ControlServer::hangUp);
    }

    /** Wakes the thread that reads; only that thread frees the descriptor, which might be another file's by then. */
    private static void hangUp(UnixSocketChannel client) {
        try {
            client.shutdownInput();
        } catch (IOException e) {
            LOG.debug("A client of the control socket was gone already: {}", e.getMessage());
        }
    }

    private static void shut(UnixSocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("A client of the control socket did not close: {}", e.getMessage());
        }
    }

    private void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
