/// What devices and object stores say about media. Media are known by the message that refers to them, so that an upload that comes again
/// is the same.
@frozen
public enum MediaMessage: Hashable, Sendable {
    /// Device to object store: keep this. The media travel with it.
    case upload(MessageID, bytes: UInt32)
    /// The object store has it.
    case uploaded(MessageID)
    /// Device to object store: send me the media of the message.
    case download(MessageID)
    /// Here they are.
    case downloaded(MessageID, bytes: UInt32)
    /// The object store does not have them.
    case missing(MessageID)

    /// The bytes of the media that travel with it.
    var contentBytes: UInt32 {
        switch self {
        case .upload(_, let bytes), .downloaded(_, let bytes): bytes
        case .uploaded, .download, .missing: 0
        }
    }
}
