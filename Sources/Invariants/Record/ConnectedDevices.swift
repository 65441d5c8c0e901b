import Chat

/// Which devices are connected, and for how long: whether for as long as anything that must come true is given. All are at the start.
///
/// It takes a bit for each device once any connection was lost, and some words for each that has connected lately, so that a storm of
/// reconnects of a hundred million devices can be judged.
struct ConnectedDevices {
    private struct Connecting {
        let device: DeviceID
        let timeNanoseconds: UInt64
    }

    private let atStart: [RunRecord.ConnectedAtStart]
    private let settleNanoseconds: UInt64
    /// A bit for each device that is not connected, those of a user next to one another; empty until there is one.
    private var away: [UInt64] = []
    /// When those connected that have not been connected for long, the first first, from `queueStart` on.
    private var queue: [Connecting] = []
    private var queueStart = 0
    private var recent: [DeviceID: UInt64] = [:]

    /// - Parameter settleNanoseconds: How long anything that must come true is given.
    init(atStart: [RunRecord.ConnectedAtStart], settleNanoseconds: UInt64) {
        self.atStart = atStart
        self.settleNanoseconds = settleNanoseconds
    }

    /// A device has a connection from now on.
    mutating func connected(_ device: DeviceID, atNanoseconds now: UInt64) {
        guard !away.isEmpty, let place = place(of: device) else { return }
        away[place / 64] &= ~(1 << UInt64(place % 64))
        recent[device] = now
        queue.append(Connecting(device: device, timeNanoseconds: now))
        forget(before: now - min(now, settleNanoseconds))
    }

    /// A device has none any more.
    mutating func disconnected(_ device: DeviceID) {
        guard let place = place(of: device) else { return }
        if away.isEmpty {
            let count = atStart.reduce(0) { $0 + $1.users.count * $1.deviceCount }
            away = Array(repeating: 0, count: (count + 63) / 64)
        }
        away[place / 64] |= 1 << UInt64(place % 64)
        recent[device] = nil
    }

    /// Whether any device ever lost its connection.
    var wasAway: Bool { !away.isEmpty }

    /// Since when a device is connected, in nanoseconds; nothing if it is not. Zero if it was always, or longer ago than anything is given.
    func connectedSince(_ device: DeviceID) -> UInt64? {
        guard !away.isEmpty, let place = place(of: device) else { return 0 }
        return away[place / 64] >> UInt64(place % 64) & 1 != 0 ? nil : recent[device] ?? 0
    }

    private mutating func forget(before time: UInt64) {
        while queueStart < queue.count, queue[queueStart].timeNanoseconds < time {
            let first = queue[queueStart]
            if recent[first.device] == first.timeNanoseconds { recent[first.device] = nil }
            queueStart += 1
        }
        guard queueStart > 1024, queueStart * 2 > queue.count else { return }
        queue.removeFirst(queueStart)
        queueStart = 0
    }

    private func place(of device: DeviceID) -> Int? {
        var first = 0
        for some in atStart {
            if some.users.contains(device.user.rawValue) {
                return first + Int(device.user.rawValue - some.users.lowerBound) * some.deviceCount + Int(device.index)
            }
            first += some.users.count * some.deviceCount
        }
        return nil
    }
}
