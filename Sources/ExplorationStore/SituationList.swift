internal import struct Foundation.Data

/// A list of situations as bytes: the first number, then the difference of each from the one before, in LEB128 (seven bits a byte, the
/// lowest first). A run comes into a hundred situations or so, whose numbers are near one another: two bytes each.
enum SituationList {
    /// The bytes of numbers in ascending order.
    static func bytes(of situations: [UInt64]) -> Data {
        var bytes = Data(capacity: situations.count * 2)
        var last: UInt64 = 0
        for situation in situations {
            var rest = situation - last
            last = situation
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
        return bytes
    }

    /// The numbers that the bytes stand for.
    static func situations(of bytes: Data) -> [UInt64] {
        var situations: [UInt64] = []
        var last: UInt64 = 0
        var difference: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            difference |= UInt64(byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 {
                last &+= difference
                situations.append(last)
                difference = 0
                shift = 0
            }
        }
        return situations
    }
}
