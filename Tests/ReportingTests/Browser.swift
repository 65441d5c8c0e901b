import Foundation

/// A browser without a window, if the machine has one.
struct Browser {
    /// The program: what the variable CONFAB_BROWSER names, or a Chromium in PATH.
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["CONFAB_BROWSER"], !named.isEmpty { return named }
        let folders = (environment["PATH"] ?? "").split(separator: ":")
        let programs = ["chromium", "chromium-browser", "google-chrome"]
        let candidates = programs.flatMap { program in folders.map { "\($0)/\(program)" } }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// What became of a page.
    struct Outcome {
        /// The page's elements after its script ran, as text.
        let document: String
        /// What was written to the console.
        let console: [String]
    }

    /// Opens a page and lets it run for a while.
    ///
    /// - Parameters:
    ///   - html: The page.
    ///   - fragment: What follows `#` in its address.
    ///   - isDark: Whether the reader prefers dark pages.
    ///   - width: How many pixels wide the window is.
    static func open(_ html: String, fragment: String = "", isDark: Bool = false, width: Int = 1200) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("confab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appendingPathComponent("page.html")
        try Data(html.utf8).write(to: page)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "")
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
            "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--window-size=\(width),800",
            "--virtual-time-budget=3000", "--enable-logging=stderr", "--dump-dom", "\(page.absoluteString)#\(fragment)",
        ]
        let output = folder.appendingPathComponent("out")
        let errors = folder.appendingPathComponent("err")
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // Whatever happens, the test ends.
        let guardian = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: guardian)
        process.waitUntilExit()
        guardian.cancel()
        let lines = try String(contentsOf: errors, encoding: .utf8).split(separator: "\n").map(String.init)
        return Outcome(
            document: try String(contentsOf: output, encoding: .utf8), console: lines.filter { $0.contains("CONSOLE") })
    }
}
