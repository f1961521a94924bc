package io.athena.dhcpd.app.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Queue;

/**
 * Takes the process's signals: the JVM's own way with TERM ends in status 143 and leaves no time for an order. They are
 * reached by reflection, because javac warns of {@code sun.misc.Signal} and its warning cannot be switched off.
 */
final class Signals {

    /** What a signal asks for. */
    enum Request {
        RELOAD,
        STOP
    }

    private Signals() {}

    /** From now on HUP, TERM and INT are put into the queue, which must accept them without waiting. */
    static void deliverTo(Queue<Request> requests) {
        handle("HUP", () -> requests.add(Request.RELOAD));
        handle("TERM", () -> requests.add(Request.STOP));
        handle("INT", () -> requests.add(Request.STOP));
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onCall = (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    action.run();
                    return null;
                }
                throw new UnsupportedOperationException(method.getName());
            };
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onCall));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIG" + name + " cannot be taken: this Java lacks sun.misc.Signal", e);
        }
    }
}
