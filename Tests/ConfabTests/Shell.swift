import Foundation

/// The program as a user starts it, in a folder of its own or in one that is there.
final class Shell {
    let folder: URL
    private let isOwn: Bool

    /// In a folder that is there, such as that of the repository. Nothing is written to it.
    init(in folder: URL) {
        self.folder = folder
        isOwn = false
    }

    /// In a new folder, which goes with the shell.
    init() throws {
        isOwn = true
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("confab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The program that was built together with the tests.
    static let executable: URL = {
        let folders = [Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        let candidates = folders.map { $0.appendingPathComponent("confab") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
    }()

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    deinit {
        if isOwn { try? FileManager.default.removeItem(at: folder) }
    }

    func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let place = isOwn ? folder : FileManager.default.temporaryDirectory
        let outputFile = place.appendingPathComponent("stdout-\(UUID().uuidString)")
        let errorFile = place.appendingPathComponent("stderr-\(UUID().uuidString)")
        defer {
            for file in [outputFile, errorFile] { try? FileManager.default.removeItem(at: file) }
        }
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: outputFile, encoding: .utf8),
            errors: try String(contentsOf: errorFile, encoding: .utf8))
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// What is in the folder, by name, without what the runs printed.
    var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("std") }.sorted()
        }
    }

    /// Starts the program and sends it a signal once a condition holds, which is told the number of its process and must hold soon.
    ///
    /// - Returns: How the program ended, or nothing if the condition did not come to hold while it ran.
    func start(_ arguments: [String], send signal: Int32, once isTime: (pid_t) -> Bool) throws -> Outcome? {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let outputFile = folder.appendingPathComponent("stdout-\(UUID().uuidString)")
        let errorFile = folder.appendingPathComponent("stderr-\(UUID().uuidString)")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        let deadline = Date().addingTimeInterval(60)
        while process.isRunning, Date() < deadline, !isTime(process.processIdentifier) {
            Thread.sleep(forTimeInterval: 0.01)
        }
        let isInTime = process.isRunning && isTime(process.processIdentifier)
        kill(process.processIdentifier, isInTime ? signal : SIGKILL)
        // Whatever happens, the test ends.
        let guardian = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: guardian)
        process.waitUntilExit()
        guardian.cancel()
        guard isInTime else { return nil }
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: outputFile, encoding: .utf8),
            errors: try String(contentsOf: errorFile, encoding: .utf8))
    }
}
