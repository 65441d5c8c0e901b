import Chat

/// Which devices are connected, and for how long: whether for as long as anything that must come true is given.
///
/// It takes a bit for each device once any connection was lost, and eight bytes for each that has connected lately, so that a storm of
/// reconnects of a hundred million devices can be judged.
struct ConnectedDevices {
    private let atStart: [RunRecord.ConnectedAtStart]
    private let settleNanoseconds: UInt64
    /// A bit for each device that is connected though it was not at the start, or the other way round, those of a user next to one another; empty
    /// until there is one.
    private var changed: [UInt64] = []
    /// Who has connected lately, and when, the first first.
    private var recent = RecentPlaces()

    /// - Parameter settleNanoseconds: How long anything that must come true is given.
    init(atStart: [RunRecord.ConnectedAtStart], settleNanoseconds: UInt64) {
        self.atStart = atStart
        self.settleNanoseconds = settleNanoseconds
    }

    /// A device has a connection from now on.
    mutating func connected(_ device: DeviceID, atNanoseconds now: UInt64) {
        guard let (place, wasConnected) = place(of: device), !changed.isEmpty || !wasConnected else { return }
        set(place, !wasConnected)
        recent.append(UInt32(place), atNanoseconds: now)
        recent.forget(before: now - min(now, settleNanoseconds))
    }

    /// A device has none any more.
    mutating func disconnected(_ device: DeviceID) {
        guard let (place, wasConnected) = place(of: device) else { return }
        set(place, wasConnected)
    }

    /// Whether any device ever lost its connection, or opened one.
    var wasAway: Bool { !changed.isEmpty }

    /// Since when those of some devices are connected that are, in nanoseconds: zero if they always were, or for longer than anything is given.
    ///
    /// - Complexity: O(devices and those that have connected lately).
    func connectedSince(_ devices: some Sequence<DeviceID>) -> [DeviceID: UInt64] {
        var since: [DeviceID: UInt64] = [:]
        var asked: [UInt32: DeviceID] = [:]
        for device in devices {
            guard let (place, wasConnected) = place(of: device) else {
                since[device] = 0
                continue
            }
            let isChanged = !changed.isEmpty && changed[place / 64] >> UInt64(place % 64) & 1 != 0
            guard wasConnected != isChanged else { continue }
            since[device] = 0
            asked[UInt32(place)] = device
        }
        recent.forEach { place, nanoseconds in
            if let device = asked[place] { since[device] = nanoseconds }
        }
        return since
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
