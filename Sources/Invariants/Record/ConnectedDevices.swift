import Chat

/// Which devices are connected, and for how long: whether for as long as anything that must come true is given.
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
    /// A bit for each device that is connected though it was not at the start, or the other way round, those of a user next to one another; empty
    /// until there is one.
    private var changed: [UInt64] = []
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
        guard let (place, wasConnected) = place(of: device), !changed.isEmpty || !wasConnected else { return }
        set(place, !wasConnected)
        recent[device] = now
        queue.append(Connecting(device: device, timeNanoseconds: now))
        forget(before: now - min(now, settleNanoseconds))
    }

    /// A device has none any more.
    mutating func disconnected(_ device: DeviceID) {
        guard let (place, wasConnected) = place(of: device) else { return }
        set(place, wasConnected)
        recent[device] = nil
    }

    /// Whether any device ever lost its connection, or opened one.
    var wasAway: Bool { !changed.isEmpty }

    /// Since when a device is connected, in nanoseconds; nothing if it is not. Zero if it was always, or longer ago than anything is given.
    func connectedSince(_ device: DeviceID) -> UInt64? {
        guard let (place, wasConnected) = place(of: device) else { return 0 }
        let isChanged = !changed.isEmpty && changed[place / 64] >> UInt64(place % 64) & 1 != 0
        return wasConnected == isChanged ? nil : recent[device] ?? 0
    }

    private mutating func set(_ place: Int, _ isChanged: Bool) {
        if changed.isEmpty {
            guard isChanged else { return }
            let count = atStart.reduce(0) { $0 + $1.users.count * $1.deviceCount }
            changed = Array(repeating: 0, count: (count + 63) / 64)
        }
        let bit: UInt64 = 1 << UInt64(place % 64)
        if isChanged { changed[place / 64] |= bit } else { changed[place / 64] &= ~bit }
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

    /// The place of a device among the bits, and whether it was connected at the start.
    private func place(of device: DeviceID) -> (place: Int, wasConnected: Bool)? {
        var first = 0
        for some in atStart {
            if some.users.contains(device.user.rawValue) {
                let place = Int(device.user.rawValue - some.users.lowerBound) * some.deviceCount + Int(device.index)
                return (first + place, some.isOnline(device.user))
            }
            first += some.users.count * some.deviceCount
        }
        return nil
    }
}
