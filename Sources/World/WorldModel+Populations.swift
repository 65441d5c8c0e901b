import Chat
import Simulation

extension WorldModel {
    /// Hands an event to a device of a block, or lets the next user of the block do something.
    mutating func dispatch(
        _ event: Event, toBlock index: Int, localNanoseconds: UInt64, scheduler: inout Scheduler
    ) {
        switch event.kind {
        case EventKind.populationSends: populationSends(event, block: index, scheduler: &scheduler)
        case EventKind.populationChanges: populationChanges(event, block: index, scheduler: &scheduler)
        case EventKind.populationLooks: populationLooks(event, block: index, scheduler: &scheduler)
        case EventKind.populationWaits: tellNext(event, block: index, scheduler: &scheduler)
        // Users who have gone before their devices were to connect at the start do not come for that.
        case EventKind.connect where !blocks[index].wantsOnline(Int(event.targetPort)): break
        case _ where countsAtRest(event, block: index, scheduler: scheduler): break
        default:
            let attachment = scheduler.attachment(of: event)
            blocks[index].clients.update(Int(event.targetPort), localNanoseconds: localNanoseconds) { client in
                Self.dispatch(
                    event, to: &client, attachment: attachment, localNanoseconds: localNanoseconds,
                    configuration: configuration.client, outbox: &outbox)
            }
        }
    }

    /// Counts a status that reaches a device at rest which keeps none, without waking it: these are nearly all events of a world with presence.
    ///
    /// - Returns: Whether the event is that.
    private mutating func countsAtRest(_ event: Event, block index: Int, scheduler: borrowing Scheduler) -> Bool {
        guard Payload.isPresence(event.kind), configuration.client.presence?.keepsStatuses == false,
            case .presence(let message) = event.message,
            blocks[index].clients.isOnlineAtRest(
                Int(event.targetPort), with: Address(process: event.source, port: event.sourcePort))
        else { return false }
        RestingClient.receive(message, attachment: scheduler.attachment(of: event), outbox: &outbox)
        return true
    }

    private mutating func populationSends(_ event: Event, block index: Int, scheduler: inout Scheduler) {
        let message = blocks[index].drawMessage()
        // Users write while they are online, at the rate of the population, and not at all while they are not.
        if blocks[index].wantsOnline(message.client) {
            blocks[index].clients.update(message.client, localNanoseconds: event.timeNanoseconds) { client in
                client.send(
                    to: message.recipient, contentBytes: message.contentBytes, configuration: configuration.client,
                    outbox: &outbox)
            }
            perform(of: event, port: message.client, scheduler: &scheduler)
        }
        if let next = blocks[index].drawNextSendNanoseconds(after: event.timeNanoseconds) {
            scheduler.schedule(at: next, target: event.target, source: event.target, kind: EventKind.populationSends)
        }
    }

    private mutating func populationChanges(_ event: Event, block index: Int, scheduler: inout Scheduler) {
        for client in blocks[index].changeSession() {
            let wantsOnline = blocks[index].wantsOnline(client)
            blocks[index].clients.update(client, localNanoseconds: event.timeNanoseconds) { client in
                if wantsOnline {
                    client.connect(configuration: configuration.client, outbox: &outbox)
                } else {
                    client.disconnect(outbox: &outbox)
                }
            }
            perform(of: event, port: client, scheduler: &scheduler)
        }
        if let next = blocks[index].nextChangeNanoseconds {
            scheduler.schedule(at: next, target: event.target, source: event.target, kind: EventKind.populationChanges)
        }
    }

    private mutating func populationLooks(_ event: Event, block index: Int, scheduler: inout Scheduler) {
        if let client = blocks[index].drawLooker(), blocks[index].wantsOnline(client) {
            blocks[index].clients.update(client, localNanoseconds: event.timeNanoseconds) { client in
                client.lookAtViewport(configuration: configuration.client, outbox: &outbox)
            }
            perform(of: event, port: client, scheduler: &scheduler)
        }
        if let next = blocks[index].drawNextLookNanoseconds(after: event.timeNanoseconds) {
            scheduler.schedule(at: next, target: event.target, source: event.target, kind: EventKind.populationLooks)
        }
    }

    private mutating func perform(of event: Event, port: Int, scheduler: inout Scheduler) {
        perform(
            of: event.target, port: UInt32(port), nowNanoseconds: event.timeNanoseconds,
            departureNanoseconds: event.timeNanoseconds, scheduler: &scheduler)
    }
}
