/// Requests of devices for pages of a mailbox, and their answers.
@frozen
public enum PageMessage: Hashable, Sendable {
    /// Device to chat server: send me a page.
    case request(PageRequest)
    /// The answer to the request of that number, with its rows attached, the newest first. `head` is the last place of the mailbox when the
    /// page was made; the next page begins before the place `before`, unless `isLast`. `contentBytes` is the size of all contents.
    case page(DeviceID, number: UInt32, head: UInt32, before: UInt32, isLast: Bool, contentBytes: UInt32)

    /// The bytes of the message beside its overhead and its attachment.
    var contentBytes: UInt32 {
        if case .page(_, _, _, _, _, let bytes) = self { bytes } else { 0 }
    }
}

extension PageMessage {
    /// The kinds of the area's messages.
    enum Kind: UInt16, CaseIterable {
        case request = 640, page
    }

    /// What is packed above the device, which takes 36 bits.
    private enum Bits {
        static let size: UInt64 = 36
        static let hasCounterpart: UInt64 = 1 << 52
        static let skips: UInt64 = 1 << 53
        static let isLast: UInt64 = 1 << 36
    }

    /// The message packed.
    var payload: Payload {
        switch self {
        case .request(let request):
            var first = request.device.word | UInt64(request.size) << Bits.size
            if request.counterpart != nil { first |= Bits.hasCounterpart }
            var before: UInt32 = 0
            switch request.start {
            case .before(let place): before = place
            case .skipping: first |= Bits.skips
            }
            return Payload(
                kind: Kind.request.rawValue,
                words: (
                    first, Payload.pair(request.number, request.page), request.sinceNanoseconds,
                    Payload.pair(before, request.counterpart?.rawValue ?? 0)
                ))
        case .page(let device, let number, let head, let before, let isLast, let contentBytes):
            return Payload(
                kind: Kind.page.rawValue,
                words: (
                    device.word | (isLast ? Bits.isLast : 0), Payload.pair(number, head),
                    Payload.pair(before, contentBytes), 0
                ))
        }
    }

    /// Unpacks a message of the area.
    init(_ payload: Payload) {
        guard let kind = Kind(rawValue: payload.kind) else {
            preconditionFailure("no message about pages has kind \(payload.kind)")
        }
        let words = payload.words
        let device = DeviceID(user: payload.user, index: UInt8(words.0 >> 32 & 0xf))
        switch kind {
        case .request:
            let page = payload.high(words.1)
            self = .request(
                PageRequest(
                    device: device, number: payload.low(words.1), page: page,
                    size: UInt32(words.0 >> Bits.size & 0xffff),
                    counterpart: words.0 & Bits.hasCounterpart != 0 ? UserID(payload.high(words.3)) : nil,
                    sinceNanoseconds: words.2,
                    start: words.0 & Bits.skips != 0 ? .skipping(pages: page) : .before(payload.low(words.3))))
        case .page:
            self = .page(
                device, number: payload.low(words.1), head: payload.high(words.1), before: payload.low(words.2),
                isLast: words.0 & Bits.isLast != 0, contentBytes: payload.high(words.2))
        }
    }
}
