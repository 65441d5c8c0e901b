import Chat
import Simulation

extension WorldModel {
    /// Performs the effects in the outbox, in order, and empties it.
    ///
    /// - Parameters:
    ///   - process: Whose effects they are.
    ///   - port: The endpoint inside the process that its timers are for.
    ///   - nowNanoseconds: When the event happened that they answer.
    ///   - departureNanoseconds: When the handler is done and they leave.
    mutating func perform(
        of process: UInt32, port: UInt32, nowNanoseconds: UInt64, departureNanoseconds: UInt64,
        scheduler: inout Scheduler
    ) {
        let index = Int(process - firstProcess)
        // Held apart while they are performed, so that nothing is counted or copied for each.
        var effects: [Effect] = []
        outbox.exchangeEffects(with: &effects)
        for position in effects.indices {
            switch effects[position] {
            case .send(let message, let address, let fromPort):
                send(
                    message, from: process, port: fromPort, to: address, attachment: 0..<0,
                    atNanoseconds: departureNanoseconds, nowNanoseconds: nowNanoseconds, scheduler: &scheduler)
            case .sendAttached(let message, let address, let fromPort, let firstWord, let wordCount):
                send(
                    message, from: process, port: fromPort, to: address,
                    attachment: Int(firstWord)..<Int(firstWord + wordCount),
                    atNanoseconds: departureNanoseconds, nowNanoseconds: nowNanoseconds, scheduler: &scheduler)
            case .timer(let token, let interval):
                let due = departureNanoseconds + processes[index].clock.virtualNanoseconds(ofLocal: interval)
                let isKept = keepWait(
                    token, of: process, port: port, untilNanoseconds: due, scheduler: &scheduler)
                guard !isKept else { continue }
                if isTimeout(token, of: index) {
                    queueTimeout(
                        token, of: process, port: port, dueNanoseconds: due, scheduler: &scheduler)
                } else {
                    scheduler.schedule(
                        at: due, target: process, source: process, kind: EventKind.timerBase + token.kind,
                        targetPort: port, payload: (token.value, UInt64(processes[index].incarnation), 0, 0))
                }
            case .sync(let bytes):
                let (done, hasRoom) = processes[index].sync(bytes: bytes, atNanoseconds: departureNanoseconds)
                scheduler.schedule(
                    at: done, target: process, source: process,
                    kind: hasRoom ? EventKind.synced : EventKind.syncFailed,
                    payload: (0, UInt64(processes[index].incarnation), 0, 0))
            case .write(let token, let bytes, let readBytes):
                scheduler.schedule(
                    at: processes[index].write(bytes: bytes, readBytes: readBytes, atNanoseconds: departureNanoseconds),
                    target: process, source: process, kind: EventKind.written,
                    payload: (token, UInt64(processes[index].incarnation), 0, 0))
            case .observe(let observation):
                scheduler.record(
                    observation.message.rawValue,
                    UInt64(observation.kind.rawValue) << 32 | UInt64(observation.sequence), of: process)
                append(observation, of: index, atNanoseconds: departureNanoseconds)
            }
        }
        if outbox.clientTally.recovery.hasNews {
            outbox.clientTally.recovery.note(atNanoseconds: departureNanoseconds)
        }
        outbox.exchangeEffects(with: &effects)
        outbox.removeAll()
    }

    private mutating func send(
        _ message: WireMessage, from process: UInt32, port: UInt32, to address: Address, attachment: Range<Int>,
        atNanoseconds departure: UInt64, nowNanoseconds: UInt64, scheduler: inout Scheduler
    ) {
        let index = Int(process - firstProcess)
        let isInside = processTable.isServer(process) && processTable.isServer(address.process)
        let payload = Payload(message)
        let own = isInside ? message.sizeBytes : configuration.client.connection.sizeBytes(of: message)
        let bytes = UInt32(clamping: UInt64(own) + UInt64(attachment.count * 8))
        traffic.count(bytes: bytes, kind: payload.kind, isInside: isInside)
        let fault = linkFaults.verdict(
            from: process, to: address.process,
            isStandalone: StandaloneRequests.contains(
                message, isPolled: configuration.client.connection.isPolled), atNanoseconds: departure,
            drawing: &processes[index].faultDraws)
        let link = isInside ? configuration.dataCenter : configuration.lastMile
        let arrival = processes[index].transmit(
            bytes: bytes, over: link, fromPort: port, to: address, fault: fault, atNanoseconds: departure,
            nowNanoseconds: nowNanoseconds)
        if !fault.isLost, let later = fault.copyNanoseconds,
            let second = processes[index].transmitApart(
                bytes: bytes, over: link, laterNanoseconds: later, fault: fault, atNanoseconds: departure)
        {
            precondition(attachment.isEmpty, "no request that stands for itself has an attachment")
            traffic.count(bytes: bytes, kind: payload.kind, isInside: isInside)
            let copyPort = StandaloneRequests.port(ofCopyFrom: port, isFromServer: isInside)
            scheduler.schedule(
                at: second, target: address.process, source: process, kind: payload.kind, targetPort: address.port,
                sourcePort: copyPort, payload: payload.words)
            trace?.append(
                TraceEntry(
                    timeNanoseconds: second, process: address.process, port: address.port,
                    kind: .message(message, source: process, sourcePort: copyPort, sentNanoseconds: departure)))
        }
        guard let arrival, !fault.isLost else {
            trace?.append(
                TraceEntry(
                    timeNanoseconds: departure, process: process, port: port,
                    kind: .lost(message, target: address.process, targetPort: address.port)))
            return
        }
        if attachment.isEmpty {
            scheduler.schedule(
                at: arrival, target: address.process, source: process, kind: payload.kind, targetPort: address.port,
                sourcePort: port, payload: payload.words)
        } else {
            precondition(payload.words.3 == 0, "a message with an attachment has three words")
            outbox.words.withUnsafeBufferPointer { words in
                scheduler.schedule(
                    at: arrival, target: address.process, source: process, kind: payload.kind,
                    targetPort: address.port, sourcePort: port,
                    payload: (payload.words.0, payload.words.1, payload.words.2),
                    attachment: UnsafeBufferPointer(rebasing: words[attachment]))
            }
        }
        trace?.append(
            TraceEntry(
                timeNanoseconds: arrival, process: address.process, port: address.port,
                kind: .message(message, source: process, sourcePort: port, sentNanoseconds: departure)))
    }

    mutating func append(_ observation: Observation, of index: Int, atNanoseconds now: UInt64) {
        guard observations != nil || recorder != nil else { return }
        var stamped = observation
        stamped.timeNanoseconds = now
        recorder?.append(stamped)
        observations?.append(
            ObservationBuffer.Entry(
                observation: stamped, process: firstProcess + UInt32(index),
                ordinal: processes[index].observationCount))
        processes[index].observationCount += 1
    }

    /// What was observed before the end of a window may be handed out.
    ///
    /// - Returns: Whether there are later ones.
    mutating func endWindow(_ window: Int, before limitNanoseconds: UInt64) -> Bool {
        observations?.endWindow(window, before: limitNanoseconds) ?? false
    }
}
