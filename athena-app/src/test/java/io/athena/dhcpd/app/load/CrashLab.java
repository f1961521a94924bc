package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The steps of {@code lab/crash.sh}, {@code lab/power.sh} and {@code lab/names-crash.sh}; problems go to standard output, and
 * the exit code is 1 when there are some.
 *
 * <pre>
 * load      LOG SERVER:PORT MILLIS CLIENTS WINDOW SEED SEGMENT...   drives clients and appends to the log
 * named     LOG SERVER:PORT MILLIS CLIENTS WINDOW SEED SEGMENT...   the same with host names that some of them share
 * newcomers LOG SERVER:PORT MILLIS CLIENTS WINDOW SEED SEGMENT...   the same with clients that held no lease before,
 *                                                                   then looks for addresses given twice
 * check     LOG CSV                                                 compares the log with a list of leases
 * ask       LOG SERVER:PORT SAMPLE SEED SEGMENT...                  asks the server about some promises
 * </pre>
 */
final class CrashLab {

    private static final int SHOWN = 10;

    /** The number of the first newcomer of each agent, beyond those of any load. */
    private static final int NEWCOMERS = 100_000;

    /** Fewer than the clients of two agents, so that some want the name of another. */
    private static final int HOST_NAMES = 400;

    private CrashLab() {}

    public static void main(String[] args) throws IOException {
        Path log = Path.of(args[1]);
        List<String> problems =
                switch (args[0]) {
                    case "load" -> load(log, args, 0, 0);
                    case "named" -> load(log, args, 0, HOST_NAMES);
                    case "newcomers" -> newcomers(log, args);
                    case "check" -> check(log, Path.of(args[2]));
                    case "ask" -> ask(log, args);
                    default -> throw new IllegalArgumentException("no such step: " + args[0]);
                };
        problems.stream().limit(SHOWN).forEach(System.out::println);
        if (problems.size() > SHOWN) {
            System.out.println("and " + (problems.size() - SHOWN) + " more");
        }
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    private static List<String> load(Path file, String[] args, int first, int hostNames) throws IOException {
        Promises before = Promises.of(AckLog.read(file));
        InetSocketAddress server = server(args[2]);
        List<RelayAgent> agents = agents(args, 7, server);
        try (AckLog log = AckLog.appendTo(file)) {
            Ipv4 id = Ipv4.of(server.getAddress().getAddress(), 0);
            LoadClient.Crowd crowd =
                    new LoadClient.Crowd(first, Integer.parseInt(args[4]), Integer.parseInt(args[5]), hostNames);
            new LoadClient(agents, id, crowd, before, log, new Random(Long.parseLong(args[6])))
                    .run(Long.parseLong(args[3]));
        }
        return List.of();
    }

    private static List<String> newcomers(Path file, String[] args) throws IOException {
        load(file, args, NEWCOMERS, 0);
        return Promises.of(AckLog.read(file)).broken();
    }

    private static List<String> check(Path file, Path csv) throws IOException {
        Promises promises = Promises.of(AckLog.read(file));
        List<String> problems = new ArrayList<>(promises.broken());
        problems.addAll(promises.missingFrom(LeaseList.read(csv), System.currentTimeMillis()));
        return problems;
    }

    private static List<String> ask(Path file, String[] args) throws IOException {
        Promises promises = Promises.of(AckLog.read(file));
        try (AckLog log = AckLog.appendTo(file)) {
            return new WireCheck(agents(args, 5, server(args[2])), log, new Random(Long.parseLong(args[4])))
                    .run(promises, Integer.parseInt(args[3]));
        }
    }

    private static InetSocketAddress server(String text) {
        String[] parts = text.split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    private static List<RelayAgent> agents(String[] args, int from, InetSocketAddress server) throws IOException {
        List<RelayAgent> agents = new ArrayList<>();
        for (String segment : List.of(args).subList(from, args.length)) {
            agents.add(new RelayAgent(segment, server));
        }
        return agents;
    }
}
