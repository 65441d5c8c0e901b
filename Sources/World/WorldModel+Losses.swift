import Chat
import Simulation

// Connections that are gone with the chat servers at their other ends, and devices that wait to connect again.
extension WorldModel {
    func scheduleConnectionLosses(_ range: Range<UInt32>, scheduler: inout Scheduler) {
        for (number, loss) in configuration.connectionLosses.enumerated() {
            for index in processes.indices {
                switch processes[index].component {
                case .device: break
                case .block(let block): guard blocks[block].clients.mayBeStruck(by: loss) else { continue }
                default: continue
                }
                let process = firstProcess + UInt32(index)
                scheduler.schedule(
                    at: loss.timeNanoseconds, target: process, source: process, kind: EventKind.connectionLoss,
                    payload: (UInt64(number), 0, 0, 0))
            }
        }
    }

    /// Chat servers are gone: devices that have a connection to one of them will notice, each after a while.
    mutating func loseConnections(_ event: Event, scheduler: inout Scheduler) {
        let loss = configuration.connectionLosses[Int(event.payload.0)]
        let component =
            switch processes[Int(event.target - firstProcess)].component {
            case .block(let number): blocks[number].clients.maker.randomComponent
            default: event.target
            }
        // Each loss has a stream of its own, so that no process keeps one for losses that never come.
        var draws = RandomStream(
            seed: RandomStream.word(
                seed: configuration.seed, component: component, purpose: RandomPurpose.connectionLoss.rawValue,
                index: event.payload.0), component: component, purpose: RandomPurpose.connectionLoss.rawValue)
        func notice(_ client: Client, port: Int) {
            guard let server = client.connectedServer, loss.servers.contains(server),
                let connection = client.connectionNumber
            else { return }
            let time = event.timeNanoseconds + loss.noticeNanoseconds.sample(drawing: &draws)
            scheduler.schedule(
                at: time, target: event.target, source: event.target, kind: EventKind.connectionNoticed,
                targetPort: UInt32(port), payload: (UInt64(connection), 0, 0, 0))
        }
        switch processes[Int(event.target - firstProcess)].component {
        case .device(let number): notice(devices[number], port: 0)
        case .block(let number) where !blocks[number].clients.rests:
            for (port, client) in blocks[number].clients.awake.enumerated() { notice(client, port: port) }
        case .block(let number):
            var struck: [Int] = []
            blocks[number].clients.forEachCandidate(with: loss) { struck.append($0) }
            struck.removeAll { !blocks[number].clients.loseUnnoticed($0, with: loss.servers) }
            blocks[number].clients.waits.reserve(struck.count)
            for port in struck {
                blocks[number].clients.waits.insert(
                    port, .connectionGone,
                    atNanoseconds: event.timeNanoseconds + loss.noticeNanoseconds.sample(drawing: &draws))
            }
            scheduleWaits(ofBlock: number, process: event.target, scheduler: &scheduler)
        default: preconditionFailure("only devices lose connections unawares")
        }
    }

    /// The first of the devices of a block that are to be told something is told.
    mutating func tellNext(_ event: Event, block index: Int, scheduler: inout Scheduler) {
        guard let (port, news) = blocks[index].clients.waits.next(atNanoseconds: event.timeNanoseconds) else { return }
        switch news {
        case .connectionGone:
            guard blocks[index].clients.notices(port) else { break }
            blocks[index].clients.update(port, localNanoseconds: event.timeNanoseconds) {
                $0.breakConnection(configuration: configuration.client, outbox: &outbox)
            }
        case .waitOver:
            blocks[index].clients.update(port, localNanoseconds: event.timeNanoseconds) {
                $0.waitIsOver(configuration: configuration.client, outbox: &outbox)
            }
        }
        perform(
            of: event.target, port: UInt32(port), nowNanoseconds: event.timeNanoseconds,
            departureNanoseconds: event.timeNanoseconds, scheduler: &scheduler)
        scheduleWaits(ofBlock: index, process: event.target, scheduler: &scheduler)
    }

    /// Keeps the time for a device that rests and waits, in place of the timer that it asked for.
    ///
    /// - Returns: Whether it is such a device.
    mutating func keepWait(
        _ token: TimerToken, of process: UInt32, port: UInt32, untilNanoseconds end: UInt64, scheduler: inout Scheduler
    ) -> Bool {
        guard token.kind == Client.connectTimerKind,
            case .block(let number) = processes[Int(process - firstProcess)].component,
            blocks[number].clients.isWaitingAtRest(Int(port))
        else { return false }
        blocks[number].clients.waits.insert(Int(port), .waitOver, atNanoseconds: end)
        scheduleWaits(ofBlock: number, process: process, scheduler: &scheduler)
        return true
    }

    private mutating func scheduleWaits(ofBlock index: Int, process: UInt32, scheduler: inout Scheduler) {
        guard let time = blocks[index].clients.waits.eventToSchedule() else { return }
        scheduler.schedule(at: time, target: process, source: process, kind: EventKind.populationWaits)
    }
}
