/// What is said about who is online. `PresenceMessage+Payload.swift` gives the form on the wire.
@frozen
public enum PresenceMessage: Hashable, Sendable {
    // MARK: Device and chat server

    /// Device to its chat server: are the first `friendCount` friends of my user online, and the user of the chat? More than there are
    /// means all.
    case pull(DeviceID, PullReason, friendCount: UInt32, chat: UserID?)
    /// The answer for so many friends and the user of the chat, in ``StatusWords`` that come with it.
    case statuses(DeviceID, PullReason, friendCount: UInt32, chat: UserID?)
    /// Chat server to device: the status of a friend has changed.
    case status(UserID, isOnline: Bool)

    // MARK: Chat server and chat server

    /// Are these `count` users of yours online, at most 64? They come with it, two to a word. The answer repeats `pull` and `part`.
    case query(pull: UInt64, part: UInt32, count: UInt32)
    /// The answer, a bit for each in the same order.
    case answer(pull: UInt64, part: UInt32, online: UInt64)
    /// A user has come or gone: tell these `count` friends, who are yours. They come with it, two to a word.
    case changed(UserID, isOnline: Bool, count: UInt32)
}

/// Why a device asks who is online.
@frozen
public enum PullReason: UInt8, Hashable, Sendable, CaseIterable {
    /// It has just connected.
    case start
    /// It looks after those whom it shows.
    case viewport
    /// Its user opened a chat.
    case newChat
}

/// The statuses of up to any number of users in words: of each 64 users, a word that tells of whom the status is known, and one that
/// tells who is online.
struct StatusWords: Hashable, Sendable {
    private(set) var words: [UInt64]

    /// Nothing is known of `count` users.
    init(count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64 * 2)
    }

    /// Takes them from a message.
    init(_ attachment: UnsafeBufferPointer<UInt64>) {
        words = Array(attachment)
    }

    /// Of how many users the status is known, in words that came with a message.
    static func knownCount(in attachment: UnsafeBufferPointer<UInt64>) -> Int {
        stride(from: 0, to: attachment.count, by: 2).reduce(0) { $0 + attachment[$1].nonzeroBitCount }
    }

    /// The status of the user with this place; nothing if it is not known.
    subscript(place: Int) -> Bool? {
        get {
            let bit: UInt64 = 1 << UInt64(place % 64)
            return words[place / 64 * 2] & bit == 0 ? nil : words[place / 64 * 2 + 1] & bit != 0
        }
        set {
            let bit: UInt64 = 1 << UInt64(place % 64)
            words[place / 64 * 2] &= ~bit
            words[place / 64 * 2 + 1] &= ~bit
            if newValue != nil { words[place / 64 * 2] |= bit }
            if newValue == true { words[place / 64 * 2 + 1] |= bit }
        }
    }
}

/// Users in words, two to a word.
enum UserWords {
    static func words(of users: some RandomAccessCollection<UserID>) -> [UInt64] {
        var words: [UInt64] = []
        words.reserveCapacity((users.count + 1) / 2)
        var isLow = true
        for user in users {
            if isLow {
                words.append(UInt64(user.rawValue))
            } else {
                words[words.count - 1] |= UInt64(user.rawValue) << 32
            }
            isLow.toggle()
        }
        return words
    }

    static func user(_ index: Int, in words: UnsafeBufferPointer<UInt64>) -> UserID {
        UserID(UInt32(truncatingIfNeeded: words[index / 2] >> (index % 2 == 0 ? 0 : 32)))
    }
}
