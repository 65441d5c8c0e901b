import Foundation
import Reporting

/// Standard error, for people.
enum StandardError {
    static func write(_ text: String) {
        _ = FileDescriptorText.write(text, to: FileHandle.standardError.fileDescriptor)
    }

    static var isTerminal: Bool { isatty(FileHandle.standardError.fileDescriptor) == 1 }
}

/// Standard output.
enum StandardOutput {
    /// Writes all of a text, or ends the program: what is cut off is not to pass for the whole. If nobody reads any more, as behind `| head`, the rest
    /// is dropped.
    static func write(_ text: String) {
        let code = FileDescriptorText.write(text, to: FileHandle.standardOutput.fileDescriptor)
        guard code != 0, code != EPIPE else { return }
        StandardError.write("confab: standard output cannot be written: \(String(cString: strerror(code)))\n")
        exit(70)
    }

    static var isTerminal: Bool { isatty(FileHandle.standardOutput.fileDescriptor) == 1 }

    /// Colour on a terminal, unless the user wants none (https://no-color.org).
    static var style: TerminalStyle {
        let environment = ProcessInfo.processInfo.environment
        return TerminalStyle(
            hasColour: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb")
    }

    /// How many characters a line has: what the terminal says, else `COLUMNS`, else 120.
    static var width: Int {
        var size = winsize()
        if ioctl(FileHandle.standardOutput.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 120
    }
}

/// Text on its way out.
private enum FileDescriptorText {
    /// Writes a text.
    ///
    /// - Returns: The number of the error that ended it; zero if all was written.
    static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return errno }
            bytes = bytes.dropFirst(written)
        }
        return 0
    }
}

/// What the process has used.
enum ProcessUsage {
    /// The most memory that it has held, in bytes.
    static var peakMemoryBytes: UInt64 {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        return UInt64(max(0, usage.ru_maxrss))
        #else
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return UInt64(max(0, usage.ru_maxrss)) * 1024
        #endif
    }
}
