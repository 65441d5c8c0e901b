import Chat
import Simulation

/// What every process has beside its component: whether it is up, its machine, and its ends of connections.
struct Process {
    /// Which component it runs.
    enum Component {
        case loadBalancer(Int)
        case chatServer(Int)
        case storageServer(Int)
        case coordinator(Int)
        case dataNode(Int)
        case cacheServer(Int)
        case objectStore(Int)
        case device(Int)
        case block(Int)
    }

    // What every event touches comes first; see ``hotByteCount``.
    let component: Component
    /// Its number among all that draw at random.
    let randomComponent: UInt32
    var isUp = true
    /// Counts the lives of the process; timers and syncs of an earlier one are stale.
    var incarnation: UInt32 = 0
    private(set) var clock: LocalClock
    /// The time-outs of its component.
    var timeouts = TimeoutQueue()
    var linkDraws: RandomStream
    private var connections: FlatTable<ConnectionKey, Link.State> = [:]
    private var pruneCount = Self.pruneCountMin
    /// How many observations it has reported.
    var observationCount: UInt64 = 0
    /// The machine of a server; nothing for devices, whose work costs no time.
    var host: Host?
    /// When it crashes, in order of time; those that have happened are gone.
    var crashesNanoseconds: ArraySlice<UInt64> = []
    var faultDraws: RandomStream
    var diskDraws: RandomStream
    /// There are a hundred thousand processes, of which most have few connections that are not idle.
    private static let pruneCountMin = 8
    /// How many bytes of a process without a machine, from its beginning, events touch.
    static let hotByteCount = 192

    /// A machine.
    struct Host {
        let configuration: Shared<HostConfiguration>
        var processors: ProcessorQueue
        var disk: Disk
        /// When it limps, and what everything costs then, in thousandths of the usual.
        var limps: [(window: Range<UInt64>, costThousandths: UInt64)] = []
        /// The disk has no room before this time, in nanoseconds.
        var diskFullUntilNanoseconds: UInt64 = 0

        init(_ configuration: Shared<HostConfiguration>) {
            self.configuration = configuration
            processors = ProcessorQueue(cores: configuration.value.cores)
            disk = Disk(
                syncNanoseconds: configuration.value.logSyncNanoseconds,
                bytesPerSecond: configuration.value.diskBytesPerSecond)
        }

        /// Gives an event its turn.
        mutating func admit(
            atNanoseconds now: UInt64, kind: UInt16
        ) -> (startNanoseconds: UInt64, finishNanoseconds: UInt64) {
            processors.admit(
                arrivalNanoseconds: now, costNanoseconds: costNanoseconds(ofKind: kind, atNanoseconds: now))
        }

        /// What handling an event costs at a time, in nanoseconds on one core. Of several limps the worst counts.
        func costNanoseconds(ofKind kind: UInt16, atNanoseconds now: UInt64) -> UInt64 {
            let cost = configuration.value.costNanoseconds(ofKind: kind)
            guard !limps.isEmpty else { return cost }
            return cost * limps.reduce(1000) { $1.window.contains(now) ? max($0, $1.costThousandths) : $0 } / 1000
        }
    }

    /// Names a connection from this process.
    private struct ConnectionKey: FlatKey {
        let port: UInt32
        let peer: Address

        var tableWord: UInt64 {
            UInt64(peer.process) << 32 | UInt64(port) ^ UInt64(peer.port) &* 0x9e37_79b9_7f4a_7c15
        }
    }

    init(
        component: Component, randomComponent: UInt32, seed: UInt64, host: Shared<HostConfiguration>?,
        clock: LocalClock = .exact
    ) {
        self.randomComponent = randomComponent
        self.component = component
        self.host = host.map(Host.init)
        self.clock = clock
        linkDraws = RandomStream(seed: seed, component: randomComponent, purpose: RandomPurpose.links.rawValue)
        faultDraws = RandomStream(seed: seed, component: randomComponent, purpose: RandomPurpose.linkFaults.rawValue)
        diskDraws = RandomStream(seed: seed, component: randomComponent, purpose: RandomPurpose.disk.rawValue)
    }

    /// Gives an event its turn on the machine.
    ///
    /// - Returns: When its handler starts and when its effects leave, or nothing if the process crashes before that.
    mutating func admit(
        atNanoseconds now: UInt64, kind: UInt16
    ) -> (startNanoseconds: UInt64, finishNanoseconds: UInt64)? {
        guard let turn = host?.admit(atNanoseconds: now, kind: kind) else { return (now, now) }
        if let crash = crashesNanoseconds.first, turn.finishNanoseconds >= crash { return nil }
        return turn
    }

    /// Asks for the memory that an answer from a port to a peer touches. It changes nothing; a method that might is not given a copy.
    mutating func prefetchAnswer(fromPort port: UInt32, to peer: Address) {
        connections.prefetch(ConnectionKey(port: port, peer: peer))
        host?.processors.prefetch()
    }

    /// Sends bytes over the connection from a port to a peer.
    ///
    /// - Returns: When they arrive, in nanoseconds; nothing if they are lost.
    mutating func transmit(
        bytes: UInt32, over link: Link, fromPort port: UInt32, to peer: Address, fault: LinkFaultTable.Verdict,
        atNanoseconds departure: UInt64, nowNanoseconds: UInt64
    ) -> UInt64? {
        if let detour = fault.detourNanoseconds {
            return transmitApart(
                bytes: bytes, over: link, laterNanoseconds: detour, fault: fault, atNanoseconds: departure)
        }
        let key = ConnectionKey(port: port, peer: peer)
        let arrival = connections.update(key, default: Link.State()) { state in
            link.transmit(
                bytes: bytes, nowNanoseconds: departure, delayNanoseconds: fault.delayNanoseconds,
                heldUntilNanoseconds: fault.heldUntilNanoseconds, state: &state, drawing: &linkDraws)
        }
        if connections.count > pruneCount {
            // Which of them go depends on each alone, not on the order in which they are visited.
            connections.removeAll { $0.isIdle(atNanoseconds: nowNanoseconds) }
            pruneCount = max(Self.pruneCountMin, connections.count * 2)
        }
        return arrival
    }

    /// Sends bytes over a connection of their own: they may be overtaken, and keep nothing waiting.
    ///
    /// - Returns: When they arrive, in nanoseconds; nothing if they are lost.
    mutating func transmitApart(
        bytes: UInt32, over link: Link, laterNanoseconds: UInt64, fault: LinkFaultTable.Verdict,
        atNanoseconds departure: UInt64
    ) -> UInt64? {
        var state = Link.State()
        return link.transmit(
            bytes: bytes, nowNanoseconds: departure, delayNanoseconds: fault.delayNanoseconds + laterNanoseconds,
            heldUntilNanoseconds: fault.heldUntilNanoseconds, state: &state, drawing: &faultDraws)
    }

    /// Begins a sync of the log.
    ///
    /// - Returns: When it is done, in nanoseconds, and whether there is room for it.
    mutating func sync(bytes: UInt64, atNanoseconds now: UInt64) -> (doneNanoseconds: UInt64, hasRoom: Bool) {
        guard let done = host?.disk.sync(bytes: bytes, nowNanoseconds: now, drawing: &diskDraws) else {
            preconditionFailure("only servers have a disk")
        }
        return (done, now >= host?.diskFullUntilNanoseconds ?? 0)
    }

    /// Begins to read and write files.
    ///
    /// - Returns: When that is done, in nanoseconds; not before there is room.
    mutating func write(bytes: UInt64, readBytes: UInt64, atNanoseconds now: UInt64) -> UInt64 {
        guard let done = host?.disk.write(bytes: bytes, readBytes: readBytes, nowNanoseconds: now) else {
            preconditionFailure("only servers have a disk")
        }
        return max(done, host?.diskFullUntilNanoseconds ?? 0)
    }

    /// The machine limps, or its clock is set, as a fault has it that begins now.
    mutating func suffer(_ kind: HostFault.Kind, atNanoseconds now: UInt64) {
        switch kind {
        case .pause(let end): host?.processors.hold(untilNanoseconds: end)
        case .slow(let end, let thousandths): host?.limps.append((now..<max(now, end), thousandths))
        case .clockSet(let forward): clock = clock.set(forwardNanoseconds: forward)
        case .slowDisk(let end, let thousandths): host?.disk.limp(now..<max(now, end), timeThousandths: thousandths)
        case .fullDisk(let end):
            let earlier = host?.diskFullUntilNanoseconds ?? 0
            host?.diskFullUntilNanoseconds = max(earlier, end)
        case .cachedWrites, .corruption: preconditionFailure("what is on a disk is the component's to say")
        }
    }

    /// The machine loses its memory.
    mutating func crash() {
        isUp = false
        incarnation += 1
        crashesNanoseconds = crashesNanoseconds.dropFirst()
        connections.removeAll()
        timeouts.removeAll()
    }

    /// The machine is back.
    mutating func restart(atNanoseconds now: UInt64) {
        isUp = true
        host?.processors.reset(atNanoseconds: now)
        host?.disk.reset(atNanoseconds: now)
    }
}
